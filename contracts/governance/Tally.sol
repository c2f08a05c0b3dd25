// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IChamber} from "../interfaces/IChamber.sol";
import {Ballots} from "../libraries/Ballots.sol";
import {Voters} from "../libraries/Voters.sol";
import {House} from "./House.sol";

/// @title Tally
/// @notice How a chamber counts: packed ballots, one word for what a proposal needs and has got, and a bit a voter.
abstract contract Tally is House {
    /// @dev One word. A side overflows at 2^72 votes; 2^32 members with twice the base voice come to less than 2^53.
    /// @param against votes against
    /// @param support votes for
    /// @param abstain abstentions
    /// @param quorumBps the quorum as it was when the proposal was made, in basis points
    /// @param halvings how often it is halved
    /// @param twoThirds whether two votes for are needed for each against
    struct Count {
        uint72 against;
        uint72 support;
        uint72 abstain;
        uint16 quorumBps;
        uint8 halvings;
        bool twoThirds;
    }

    bytes32 private constant VOTE_TYPEHASH = keccak256(
        "Ballot(uint256 proposalId,uint32 voter,uint8 support,uint32 nonce)"
    );

    uint256 internal constant BPS = 10_000;

    mapping(uint256 proposalId => Count) private _counts;
    mapping(uint256 proposalId => mapping(uint256 word => uint256 voters)) private _voted;

    /// @inheritdoc IChamber
    function cast(uint256 proposalId, bytes calldata ballots) external returns (uint256 counted) {
        _validateStateBitmap(proposalId, _encodeStateBitmap(ProposalState.Active));

        counted = _count(proposalId, ballots);
        emit BallotsCast(proposalId, counted, ballots);

        _tallyUpdated(proposalId);
    }

    /// @inheritdoc IChamber
    function proposalVotes(
        uint256 proposalId
    ) external view returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes) {
        Count memory count = _counts[proposalId];
        return (count.against, count.support, count.abstain);
    }

    /// @notice Whether a voter, by its address in ERC-5805, has voted.
    function hasVoted(uint256 proposalId, address account) external view returns (bool) {
        uint32 voter = Voters.numberOf(account);
        return _accountOf(voter) == account && (_voted[proposalId][voter >> 8] >> (voter & 0xff)) & 1 == 1;
    }

    // solhint-disable-next-line func-name-mixedcase
    function COUNTING_MODE() external pure returns (string memory) {
        return "support=bravo&quorum=for,abstain";
    }

    /// @inheritdoc IChamber
    function quorumOf(uint256 proposalId) public view returns (uint256) {
        Count memory count = _counts[proposalId];
        return _share(count.quorumBps, count.halvings, proposalSnapshot(proposalId));
    }

    /// @dev A share of all votes at a time that is over: rounded up, at least one vote, so that nothing passes
    /// where nobody can vote.
    function _share(uint256 bps, uint256 halvings, uint256 timepoint) internal view returns (uint256) {
        uint256 votes = token().getPastTotalSupply(timepoint) * bps;
        return Math.max(1, Math.ceilDiv(votes, BPS << halvings));
    }

    function _openCount(uint256 proposalId, uint16 quorumBps, uint8 halvings, bool twoThirds) internal {
        _counts[proposalId] = Count(0, 0, 0, quorumBps, halvings, twoThirds);
    }

    function _halvingsOf(uint256 proposalId) internal view returns (uint8) {
        return _counts[proposalId].halvings;
    }

    /// @dev Whether it failed for want of votes and not by them: too few voted, on either side, or those who did were
    /// for it. What enough voters refused has not missed its quorum; a few who are against cannot make it so.
    function _quorumMissed(uint256 proposalId) internal view returns (bool) {
        Count memory count = _counts[proposalId];
        uint256 voted = uint256(count.against) + count.support + count.abstain;
        if (voted < quorumOf(proposalId)) return true;
        return !_quorumReached(proposalId) && _voteSucceeded(proposalId);
    }

    function _quorumReached(uint256 proposalId) internal view override returns (bool) {
        Count memory count = _counts[proposalId];
        return uint256(count.support) + count.abstain >= quorumOf(proposalId);
    }

    function _voteSucceeded(uint256 proposalId) internal view override returns (bool) {
        Count memory count = _counts[proposalId];
        if (count.support == 0) return false;
        return count.twoThirds ? count.support >= uint256(count.against) * 2 : count.support > count.against;
    }

    function _count(uint256 proposalId, bytes calldata ballots) private returns (uint256 counted) {
        Count memory count = _counts[proposalId];
        mapping(uint256 word => uint256) storage voted = _voted[proposalId];
        uint256 snapshot = proposalSnapshot(proposalId);
        bytes32 domain = _domainSeparatorV4();
        uint256 offset = 0;
        for (uint256 i = 0; offset < ballots.length; ++i) {
            if (i == Ballots.LIMIT) revert Ballots.BallotsTooMany(Ballots.LIMIT);
            bool valid;
            uint32 voter;
            uint8 support;
            (valid, voter, support, offset) = _read(domain, proposalId, ballots, offset);
            uint256 word = voted[voter >> 8];
            uint256 bit = 1 << (voter & 0xff);
            if (!valid || support > 2 || word & bit != 0) continue;
            uint72 votes = SafeCast.toUint72(token().getPastVotes(_accountOf(voter), snapshot));
            if (votes == 0) continue;

            voted[voter >> 8] = word | bit;
            if (support == 0) count.against += votes;
            else if (support == 1) count.support += votes;
            else count.abstain += votes;
            counted |= 1 << i;
        }
        _counts[proposalId] = count;
    }

    /// @dev A ballot, whether a key of its voter stands behind it, and where the next begins.
    function _read(
        bytes32 domain,
        uint256 proposalId,
        bytes calldata ballots,
        uint256 offset
    ) private view returns (bool valid, uint32 voter, uint8 support, uint256 next) {
        uint256 head = Ballots.read(ballots, offset, 9);
        voter = uint32(head >> 40);
        uint32 nonce = uint32(head >> 8);
        support = uint8(head);
        bytes32 structHash = keccak256(abi.encode(VOTE_TYPEHASH, proposalId, voter, support, nonce));
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain, structHash);
        (valid, next) = Ballots.check(ELECTORATE, voter, nonce, ballots, offset + 9, digest);
    }
}
