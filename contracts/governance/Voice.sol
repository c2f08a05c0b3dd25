// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IKeyring} from "../interfaces/IKeys.sol";
import {ILedger} from "../interfaces/ILedger.sol";
import {IRegister, Membership, Standing} from "../interfaces/IRegister.sol";
import {IRoll} from "../interfaces/IRoll.sol";
import {IVoice} from "../interfaces/IVoice.sol";
import {Voters} from "../libraries/Voters.sol";
import {FIRST_MEMBER, MemberId} from "../types/MemberId.sol";
import {NO_PERIOD, periodOf} from "../types/PeriodId.sol";
import {OwnVotes} from "./OwnVotes.sol";
import {Roll} from "./Roll.sol";

/// @title Voice
/// @notice See IVoice.
/// @dev A member without a constituency is on the roll of all members alone, constituency 0.
contract Voice is IVoice, Roll, OwnVotes, AccessManaged {
    /// @notice What every member's word weighs at least.
    uint256 public constant BASE = 1e6;

    /// @notice For how many months a new member has no voice.
    uint16 public constant WAITING_MONTHS = 3;

    uint16 private constant EVERYBODY = 0;

    /// @notice Institutions, their standing and their keys.
    IRegister public immutable REGISTER;

    /// @notice The standing that doubles a member's voice, in millionths of a credit; more adds nothing.
    uint256 public immutable FULL_STANDING;

    /// @dev What a member weighs, and on which roll it stands.
    struct Record {
        uint128 units;
        uint16 constituency;
        bool enrolled;
        bool confirmed;
    }

    mapping(MemberId member => Record) private _records;

    constructor(
        address charter,
        IRegister register,
        uint256 fullStanding
    ) AccessManaged(charter) EIP712("Consortia Voice", "1") {
        if (fullStanding == 0 || fullStanding > type(uint64).max) revert VoiceTermsInvalid();
        REGISTER = register;
        FULL_STANDING = fullStanding;
    }

    /// @inheritdoc IRoll
    function sync(MemberId member) public {
        if (member < FIRST_MEMBER || REGISTER.lastMember() < member) revert VoiceMemberUnknown(member);
        Membership memory membership = REGISTER.membership(member);
        Record memory record = _records[member];
        uint256 before = record.units;

        if (membership.standing != Standing.Suspended) record.confirmed = false;
        bool eligible = _eligible(membership, record.confirmed);
        _enrol(MemberId.unwrap(member), record, eligible, membership.constituency);
        uint256 units = eligible ? unitsOf(_standingOf(member)) : 0;
        record.units = uint128(units);
        _records[member] = record;

        address account = accountOf(MemberId.unwrap(member));
        if (units > before) _transferVotingUnits(address(0), account, units - before);
        if (units < before) _transferVotingUnits(account, address(0), before - units);
        emit VoiceSynced(member, units);
    }

    /// @inheritdoc IVoice
    function syncAll(MemberId[] calldata members) external {
        for (uint256 i = 0; i < members.length; ++i) sync(members[i]);
    }

    /// @inheritdoc IVoice
    function confirmSuspension(MemberId member) external restricted {
        if (REGISTER.membership(member).standing != Standing.Suspended) revert VoiceNotSuspended(member);
        _records[member].confirmed = true;
        emit SuspensionConfirmed(member);
        sync(member);
    }

    /// @inheritdoc IVoice
    function suspensionConfirmed(MemberId member) external view returns (bool) {
        return _records[member].confirmed;
    }

    /// @notice The register keeps members' keys.
    function keys() external view returns (IKeyring) {
        return IKeyring(address(REGISTER));
    }

    /// @notice Whether a key of the member's holds the right to vote.
    function mayVote(uint32 voter, address key) external view returns (bool may, uint32 nonce) {
        return REGISTER.mayVote(voter, key);
    }

    /// @inheritdoc IVoice
    /// @dev The root is rounded down; what is lost is nobody's, voice is no money.
    function unitsOf(uint256 standing) public view returns (uint256) {
        return BASE + Math.sqrt((BASE * BASE * Math.min(standing, FULL_STANDING)) / FULL_STANDING);
    }

    function accountOf(uint32 voter) public pure returns (address) {
        return Voters.member(voter);
    }

    function _enrol(uint32 voter, Record memory record, bool eligible, uint16 constituency) private {
        bool stays = record.enrolled && eligible && record.constituency == constituency;
        if (record.enrolled && !stays && record.constituency != EVERYBODY)
            _strike(record.constituency, voter);
        if (record.enrolled && !eligible) _strike(EVERYBODY, voter);
        if (eligible && !record.enrolled) _enter(EVERYBODY, voter);
        if (eligible && !stays && constituency != EVERYBODY) _enter(constituency, voter);
        record.enrolled = eligible;
        record.constituency = constituency;
    }

    function _standingOf(MemberId member) private view returns (uint256) {
        address ledger = REGISTER.ledger();
        return ledger == address(0) ? 0 : ILedger(ledger).account(member).standing;
    }

    function _eligible(Membership memory membership, bool confirmed) private view returns (bool) {
        if (membership.since == NO_PERIOD || membership.standing == Standing.Left) return false;
        if (membership.standing == Standing.Suspended && confirmed) return false;
        return membership.since.plus(WAITING_MONTHS) <= periodOf(block.timestamp);
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        if (account != accountOf(Voters.numberOf(account))) return 0;
        return _records[MemberId.wrap(Voters.numberOf(account))].units;
    }
}
