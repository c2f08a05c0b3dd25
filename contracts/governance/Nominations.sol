// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Election, IElections} from "../interfaces/IElections.sol";
import {Ballots} from "../libraries/Ballots.sol";
import {Turnout, Turnouts} from "../libraries/Turnouts.sol";
import {Constituencies} from "./Constituencies.sol";

/// @title Nominations
/// @notice Elections, and who stands in them.
abstract contract Nominations is Constituencies, EIP712 {
    using Turnouts for Turnout;

    /// @notice The most candidates of an election: so much support is asked for that there cannot be more.
    uint256 public constant CANDIDATES_LIMIT = 500;

    bytes32 private constant SUPPORT_TYPEHASH = keccak256(
        "Support(uint32 election,uint32 delegate,uint32 voter,uint32 nonce)"
    );
    bytes32 private constant CANDIDACY_TYPEHASH = keccak256(
        "Candidacy(uint32 election,uint32 delegate,bytes32 statement,uint32 nonce)"
    );

    mapping(uint32 election => Election) internal _elections;
    mapping(uint32 election => mapping(uint256 candidate => uint32)) internal _candidates;
    mapping(uint32 election => mapping(uint32 delegate => bool)) private _nominated;
    mapping(uint32 election => mapping(uint256 word => uint256)) private _supported;

    /// @inheritdoc IElections
    function nominate(
        uint32 election,
        uint32 delegate,
        bytes32 statement,
        bytes calldata supporters,
        bytes calldata consent
    ) external returns (uint16 candidate) {
        Election storage one = _known(election);
        if (block.timestamp > one.nominateUntil) revert ElectionsTimeOver(election, one.nominateUntil);
        if (_nominated[election][delegate]) revert ElectionsCandidateTwice(election, delegate);
        _requireFree(delegate, one.constituency, one.seats);
        _requireConsent(election, delegate, statement, consent);
        Turnout memory turnout = _support(election, one, delegate, supporters);
        if (turnout.number < one.support) {
            revert ElectionsSupportShort(election, turnout.number, one.support);
        }

        candidate = _stand(election, delegate);
        emit CandidateNominated(election, candidate, delegate, statement, turnout.counted, supporters);
    }

    /// @dev How many must support a nomination: what the rules say, but never more than a tenth of the voters, lest
    /// nobody could stand in a small constituency, and never so few that there are more candidates than the limit.
    function _supportNeeded(uint256 voters) internal view returns (uint32) {
        uint256 most = Math.ceilDiv(voters, 10);
        return uint32(Math.max(Math.min(_rules.minSupport, most), Math.ceilDiv(voters, CANDIDATES_LIMIT)));
    }

    function _known(uint32 election) internal view returns (Election storage one) {
        one = _elections[election];
        if (one.openedAt == 0) revert ElectionsUnknown(election);
    }

    function _stand(uint32 election, uint32 delegate) private returns (uint16 candidate) {
        candidate = _elections[election].candidates++;
        _candidates[election][candidate] = delegate;
        _nominated[election][delegate] = true;
    }

    function _support(
        uint32 election,
        Election storage one,
        uint32 delegate,
        bytes calldata supporters
    ) private returns (Turnout memory turnout) {
        turnout = Turnouts.begin(ELECTORATE, one.constituency, one.openedAt - 1);
        uint256 offset = 0;
        while (offset < supporters.length) {
            uint32 voter = uint32(Ballots.read(supporters, offset, 4));
            uint32 nonce = uint32(Ballots.read(supporters, offset + 4, 4));
            bytes32 digest = _hashTypedDataV4(
                keccak256(abi.encode(SUPPORT_TYPEHASH, election, delegate, voter, nonce))
            );
            offset = turnout.take(voter, nonce, supporters, offset + 8, digest, true, 0);
        }
        turnout.settle(_supported[election]);
    }

    /// @dev Nobody stands against itself: who sits stands only where its own seat is filled.
    function _requireFree(uint32 delegate, uint16 constituency, uint64 seats) private view {
        (bool sits, uint16 where, uint8 seat) = SEATS.placeOf(delegate);
        if (sits && (where != constituency || (seats >> seat) & 1 == 0)) {
            revert ElectionsCandidateSits(delegate);
        }
    }

    function _requireConsent(
        uint32 election,
        uint32 delegate,
        bytes32 statement,
        bytes calldata consent
    ) private view {
        uint32 nonce = uint32(Ballots.read(consent, 0, 4));
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(CANDIDACY_TYPEHASH, election, delegate, statement, nonce))
        );
        (bool given, ) = Ballots.check(SEATS.keys(), delegate, nonce, consent, 4, digest);
        if (!given) revert ElectionsConsentMissing(election, delegate);
    }
}
