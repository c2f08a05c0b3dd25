// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IElections, Recall} from "../interfaces/IElections.sol";
import {Seat} from "../interfaces/ISeats.sol";
import {Ballots} from "../libraries/Ballots.sol";
import {Turnout, Turnouts} from "../libraries/Turnouts.sol";
import {Constituencies} from "./Constituencies.sol";

/// @title Recalls
/// @notice Petitions that end a seat's term.
abstract contract Recalls is Constituencies, EIP712 {
    using Turnouts for Turnout;

    /// @notice For how long a seat cannot be recalled, in seconds.
    uint40 public constant RECALL_REST = 90 days;

    /// @notice For how long a petition gathers signatures on one roll, in seconds; then it begins anew.
    uint40 public constant RECALL_TIME = 90 days;

    bytes32 private constant RECALL_TYPEHASH = keccak256(
        "Recall(uint16 constituency,uint8 seat,uint32 delegate,uint40 since,uint32 voter,uint32 nonce)"
    );

    mapping(bytes32 key => Recall) private _recalls;
    mapping(bytes32 key => mapping(uint40 openedAt => mapping(uint256 word => uint256))) private _signed;

    /// @inheritdoc IElections
    function recall(
        uint16 constituency,
        uint8 seat,
        bytes calldata signatures
    ) external returns (uint256 counted) {
        Seat memory held = SEATS.seatOf(constituency, seat);
        if (held.delegate == 0 || block.timestamp >= held.until) {
            revert ElectionsSeatDue(constituency, seat);
        }
        uint256 readyAt = held.since + RECALL_REST;
        if (block.timestamp < readyAt) revert ElectionsRecallTooSoon(constituency, seat, readyAt);

        bytes32 key = _recallKey(constituency, seat, held);
        Recall memory petition = _recalls[key];
        if (block.timestamp > petition.openedAt + RECALL_TIME) {
            petition.openedAt = uint40(block.timestamp);
            petition.signatures = 0;
            petition.needed = _share(
                ELECTORATE.electors(constituency, petition.openedAt - 1),
                _rules.recallBps
            );
        }
        Turnout memory turnout = Turnouts.begin(ELECTORATE, constituency, petition.openedAt - 1);
        _sign(turnout, _signed[key][petition.openedAt], constituency, seat, held, signatures);
        petition.signatures += uint32(turnout.number);
        _recalls[key] = petition;

        emit RecallSigned(constituency, seat, held.delegate, turnout.counted, signatures);
        if (petition.signatures >= petition.needed) SEATS.endTerm(constituency, seat);
        return turnout.counted;
    }

    /// @inheritdoc IElections
    function recallOf(uint16 constituency, uint8 seat) external view returns (Recall memory) {
        return _recalls[_recallKey(constituency, seat, SEATS.seatOf(constituency, seat))];
    }

    function _sign(
        Turnout memory turnout,
        mapping(uint256 word => uint256) storage signed,
        uint16 constituency,
        uint8 seat,
        Seat memory held,
        bytes calldata signatures
    ) private {
        uint256 offset = 0;
        while (offset < signatures.length) {
            uint32 voter = uint32(Ballots.read(signatures, offset, 4));
            uint32 nonce = uint32(Ballots.read(signatures, offset + 4, 4));
            bytes32 digest = _hashTypedDataV4(
                keccak256(
                    abi.encode(RECALL_TYPEHASH, constituency, seat, held.delegate, held.since, voter, nonce)
                )
            );
            offset = turnout.take(voter, nonce, signatures, offset + 8, digest, true, 0);
        }
        turnout.settle(signed);
    }

    /// @dev A petition is against one holding of one seat.
    function _recallKey(uint16 constituency, uint8 seat, Seat memory held) private pure returns (bytes32) {
        return keccak256(abi.encode(constituency, seat, held.delegate, held.since));
    }
}
