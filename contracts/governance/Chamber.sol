// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IAmendments} from "../interfaces/IAmendments.sol";
import {IChamber, Setup} from "../interfaces/IChamber.sol";
import {Ballots} from "../libraries/Ballots.sol";
import {Roles} from "../types/Roles.sol";
import {House} from "./House.sol";
import {Tally} from "./Tally.sol";

/// @title Chamber
/// @notice See IChamber. Deployed as the Council, the Board and the Assembly.
contract Chamber is Tally {
    bytes32 private constant PETITION_TYPEHASH = keccak256(
        "Petition(uint256 proposalId,uint32 voter,uint32 nonce)"
    );

    /// @notice From when on calls that missed their quorum come with half of it, in seconds after the deadline.
    uint256 public constant REPEAT_AFTER = 30 days;

    /// @notice How often a quorum is halved at most.
    uint8 public constant HALVINGS = 3;

    /// @notice The most that a petition may need, in basis points: whoever can pass anything can also put it.
    uint16 public constant PETITION_LIMIT = 3_333;

    /// @notice A contract that may propose; zero for none.
    address public immutable SPONSOR;

    /// @dev In whose name the call under way proposes.
    address private transient _proposer;

    uint16 private _quorumBps;
    uint16 private _petitionBps;

    mapping(uint32 voter => uint256 proposalId) private _lastOf;
    /// @dev The proposal from which a repeat of its calls counts its halvings.
    mapping(uint256 subject => uint256 proposalId) private _anchors;

    constructor(Setup memory setup) House(setup) {
        if (setup.petition > BPS) revert ChamberSetupInvalid();
        SPONSOR = setup.sponsor;
        _setShares(setup.quorumBps, uint16(setup.petition));
    }

    /// @inheritdoc IChamber
    function proposeAs(
        uint32 voter,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) external returns (uint256 proposalId) {
        (bool may, ) = ELECTORATE.mayVote(voter, msg.sender);
        if (!may) revert ChamberVoterMissing(voter, msg.sender);
        address account = _accountOf(voter);
        uint256 votes = getVotes(account, clock() - 1);
        uint256 needed = proposalThreshold();
        // A threshold of nothing would let in whoever enrolled as a delegate.
        if (votes == 0 || votes < needed) revert ChamberVotesShort(votes, needed);
        uint256 last = _lastOf[voter];
        if (last != 0 && _isLive(state(last))) revert ChamberVoterBusy(voter, last);

        proposalId = _put(account, targets, values, calldatas, description);
        _lastOf[voter] = proposalId;
    }

    /// @inheritdoc IChamber
    function petition(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        bytes calldata signatures
    ) external returns (uint256 proposalId) {
        proposalId = getProposalId(targets, values, calldatas, keccak256(bytes(description)));
        uint256 weight = _signed(proposalId, signatures);
        uint256 needed = petitionThreshold();
        if (weight < needed) revert ChamberVotesShort(weight, needed);

        emit PetitionFiled(proposalId, weight, signatures);
        _put(address(this), targets, values, calldatas, description);
    }

    /// @inheritdoc IChamber
    function setShares(uint16 quorumBps, uint16 petitionBps) external onlyGovernance {
        _setShares(quorumBps, petitionBps);
    }

    /// @notice Proposes. The sponsor only.
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public override returns (uint256) {
        if (msg.sender != SPONSOR) revert ChamberSponsorOnly(msg.sender);
        return _put(msg.sender, targets, values, calldatas, description);
    }

    /// @inheritdoc IChamber
    function petitionThreshold() public view returns (uint256) {
        return _share(_petitionBps, 0, clock() - 1);
    }

    /// @notice The quorum that a proposal with this snapshot would have, were it made now and no repeat.
    function quorum(uint256 timepoint) public view override returns (uint256) {
        return _share(_quorumBps, 0, timepoint);
    }

    /// @notice What a voter needs to propose, in votes.
    /// @dev Nothing while somebody proposes: whoever does so has shown its votes or needs none.
    function proposalThreshold() public view override returns (uint256) {
        return _proposer == address(0) ? super.proposalThreshold() : 0;
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override {
        // Calls that passed start anew with the whole quorum.
        delete _anchors[_subjectOf(targets, values, calldatas)];
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _msgSender() internal view override returns (address) {
        return _proposer == address(0) ? msg.sender : _proposer;
    }

    function _setShares(uint16 quorumBps, uint16 petitionBps) private {
        bool known = quorumBps != 0 && quorumBps <= BPS && petitionBps != 0 && petitionBps <= PETITION_LIMIT;
        if (!known) revert ChamberSetupInvalid();
        _quorumBps = quorumBps;
        _petitionBps = petitionBps;
        emit SharesSet(quorumBps, petitionBps);
    }

    function _put(
        address proposer,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) private returns (uint256 proposalId) {
        _proposer = proposer;
        proposalId = super.propose(targets, values, calldatas, description);
        _proposer = address(0);

        uint256 subject = _subjectOf(targets, values, calldatas);
        (uint8 halvings, bool anchors) = _repeated(subject);
        bool twoThirds = _needsTwoThirds(targets, calldatas);
        if (anchors) _anchors[subject] = proposalId;
        _openCount(proposalId, _quorumBps, halvings, twoThirds);

        emit ProposalWeighed(proposalId, subject, _quorumBps, halvings, twoThirds);
    }

    /// @dev Calls that are put beside themselves, or too soon again, leave the count of halvings as it is: nobody
    /// can wear a quorum down faster, nor keep others from their repeat.
    /// @return halvings how often the quorum of the next proposal of these calls is halved
    /// @return anchors whether the proposal after that counts from it
    function _repeated(uint256 subject) private view returns (uint8 halvings, bool anchors) {
        uint256 last = _anchors[subject];
        if (last == 0) return (0, true);
        ProposalState found = state(last);
        if (_isLive(found)) return (_halvingsOf(last), false);
        if (found != ProposalState.Defeated || !_quorumMissed(last)) return (0, true);
        if (clock() < proposalDeadline(last) + REPEAT_AFTER) return (0, false);
        halvings = _halvingsOf(last);
        return (halvings < HALVINGS ? halvings + 1 : HALVINGS, true);
    }

    /// @dev Of the charter a chamber may ask what its own queue cannot do; else it could reach an amendment by way of
    /// the charter with a simple majority, or renounce its place.
    function _needsTwoThirds(
        address[] memory targets,
        bytes[] memory calldatas
    ) private view returns (bool twoThirds) {
        for (uint256 i = 0; i < targets.length; ++i) {
            bytes4 selector = bytes4(calldatas[i]);
            if (targets[i] == address(CHARTER)) {
                bool open =
                    selector == IAccessManager.cancel.selector ||
                        selector == IAccessManager.grantRole.selector ||
                        selector == IAccessManager.revokeRole.selector;
                if (!open) revert ChamberCallBarred(targets[i], selector);
            } else if (selector == IAmendments.ratify.selector || selector == IAmendments.insist.selector) {
                (bool admin, ) = CHARTER.hasRole(Roles.ADMIN, targets[i]);
                twoThirds = twoThirds || admin;
            }
        }
    }

    /// @dev The votes behind a petition's good signatures, as they stood a second ago.
    function _signed(uint256 proposalId, bytes calldata signatures) private view returns (uint256 weight) {
        uint256 timepoint = clock() - 1;
        uint256 offset = 0;
        uint32 last = 0;
        while (offset < signatures.length) {
            uint32 voter = uint32(Ballots.read(signatures, offset, 4));
            uint32 nonce = uint32(Ballots.read(signatures, offset + 4, 4));
            if (offset != 0 && voter <= last) revert ChamberSignatoriesUnsorted(voter);
            bytes32 digest = _hashTypedDataV4(
                keccak256(abi.encode(PETITION_TYPEHASH, proposalId, voter, nonce))
            );
            bool valid;
            (valid, offset) = Ballots.check(ELECTORATE, voter, nonce, signatures, offset + 8, digest);
            if (valid) weight += getVotes(_accountOf(voter), timepoint);
            last = voter;
        }
    }

    /// @dev What a proposal does, whatever its description: its id with the description's hash zero.
    function _subjectOf(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas
    ) private view returns (uint256) {
        return getProposalId(targets, values, calldatas, 0);
    }

    function _isLive(ProposalState found) private pure returns (bool) {
        return found == ProposalState.Pending || found == ProposalState.Active;
    }
}
