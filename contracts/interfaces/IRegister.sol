// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {IAgreements} from "./IAgreements.sol";
import {IChoices} from "./IChoices.sol";

/// @dev Where a membership stands.
enum Standing {
    None,
    Applied,
    Admitted,
    Suspended,
    Left
}

/// @notice One membership. An institution that left and comes back is a new membership with a new number.
/// @param isil ISO 15511 identifier, ASCII, padded with zeros on the right
/// @param standing where the membership stands
/// @param kind what sort of institution it is; the charter's own list
/// @param tier price tier from `tierSince` on
/// @param priorTier price tier before `tierSince`
/// @param tierSince month from which `tier` holds
/// @param since first month of the membership; zero before admission
/// @param until last month in which it may give and draw; zero while it may
/// @param constituency the group it elects with
/// @param region the region it lies in
/// @param choosy whether it ever held something back or agreed on prices (see IChoices, IAgreements); until then nobody asks
struct Membership {
    bytes16 isil;
    Standing standing;
    uint8 kind;
    uint8 tier;
    uint8 priorTier;
    PeriodId tierSince;
    PeriodId since;
    PeriodId until;
    uint16 constituency;
    uint16 region;
    bool choosy;
}

/// @notice A delegate key's word.
/// @param rights what the key may do; zero once revoked
/// @param since when it was enrolled, in seconds since 1970
/// @param until when it was revoked; zero while it lives
/// @param ballots nonce that the ballots it signs must bear
struct DelegateKey {
    uint8 rights;
    uint40 since;
    uint40 until;
    uint32 ballots;
}

/// @notice A change that waits before it takes effect, so that the member can object.
/// @param target the new payee or key; zero where nothing waits
/// @param readyAt from when it can be carried out, in seconds since 1970
struct PendingChange {
    address target;
    uint40 readyAt;
}

/// @title IRegister
/// @notice Institutions, their standing and the keys that speak for them.
interface IRegister is IChoices, IAgreements {
    event MemberApplied(
        MemberId indexed member,
        bytes16 indexed isil,
        uint8 kind,
        uint8 tier,
        uint16 constituency,
        uint16 region,
        address payee
    );
    event MemberAdmitted(MemberId indexed member, PeriodId since);
    event MemberSuspended(MemberId indexed member, PeriodId until);
    event MemberReinstated(MemberId indexed member);
    event MemberLeft(MemberId indexed member, PeriodId until);
    event MemberClassified(MemberId indexed member, uint16 constituency, uint16 region);
    event TierScheduled(MemberId indexed member, uint8 tier, PeriodId from);
    /// @dev `rights` zero: the key was revoked.
    event KeySet(MemberId indexed member, address indexed key, uint8 rights);
    event PayeeSet(MemberId indexed member, address payee);
    /// @dev `payee` zero: the change was cancelled.
    event PayeeAnnounced(MemberId indexed member, address payee, uint256 readyAt);
    /// @dev `key` zero: the change was cancelled.
    event RekeyAnnounced(MemberId indexed member, address key, uint256 readyAt);
    /// @dev `ballots` is the nonce that the key's ballots bear from now on. It also rises by one, without this event,
    /// whenever a key loses the right to vote.
    event BallotsVoided(MemberId indexed member, address indexed key, uint32 ballots);
    event LedgerBound(address indexed ledger);
    event RollBound(address indexed roll);

    error RegisterIsilInvalid(bytes16 isil);
    error RegisterIsilTaken(bytes16 isil, MemberId member);
    error RegisterZeroAddress();
    error RegisterMemberUnknown(MemberId member);
    error RegisterStandingIs(MemberId member, Standing standing);
    error RegisterRightMissing(MemberId member, address key, uint8 right);
    error RegisterRightsInvalid(uint8 rights);
    error RegisterTierTooSoon(MemberId member, PeriodId earliest);
    error RegisterNothingPending(MemberId member);
    error RegisterTooEarly(MemberId member, uint256 readyAt);
    error RegisterNotReserved(MemberId member);
    error RegisterNotOverdue(MemberId member, uint256 overdueAt);

    /// @notice Asks for membership. The caller becomes the member's first key, with every right.
    /// @dev An application reserves no ISIL: the registrar chooses among applications when it admits.
    /// @return member the number of the membership
    function applyFor(
        bytes16 isil,
        uint8 kind,
        uint8 tier,
        uint16 constituency,
        uint16 region,
        address payee
    ) external returns (MemberId member);

    /// @notice Admits an applicant from the current month on. Admitter only: the rules of admission.
    function admit(MemberId member) external;

    /// @notice Stops a member from giving and drawing in months after this one. Registrar only.
    function suspend(MemberId member) external;

    /// @notice Suspends a member that stayed indebted longer than the ledger's term and still cannot pay. Anyone.
    function suspendDebtor(MemberId member) external;

    /// @notice Ends a suspension. Registrar only.
    function reinstate(MemberId member) external;

    /// @notice Ends the membership with this month. A key that holds every right only. Cash stays withdrawable.
    function leave(MemberId member) external;

    /// @notice Changes a member's price tier from next month on. Registrar only.
    /// @dev A tier stands long enough that every month still open to posting has one known tier (invariant 7).
    function scheduleTier(MemberId member, uint8 tier) external;

    /// @notice Changes where a member belongs. Registrar only.
    function classify(MemberId member, uint16 constituency, uint16 region) external;

    /// @notice Sets the rights of another key of the same member; zero revokes it.
    /// @dev A key can hand on, change and take back only rights that it holds itself. Any key may revoke itself.
    function setKey(MemberId member, address key, uint8 rights) external;

    /// @notice Hands all the caller's rights to a new key and revokes the caller.
    function rotateKey(MemberId member, address newKey) external;

    /// @notice Makes void every ballot that the caller signed for a member and that was not posted yet. Any living key.
    function voidBallots(MemberId member) external;

    /// @notice Announces a new key for a member that lost its own. Registrar only; waits 14 days.
    function announceRekey(MemberId member, address key) external;

    /// @notice Objects to an announced re-keying. Any living key of the member.
    function cancelRekey(MemberId member) external;

    /// @notice Carries out a re-keying nobody objected to. Anyone.
    function rekey(MemberId member) external;

    /// @notice Announces where withdrawals shall be paid from now on. A cash key; waits 14 days.
    function announcePayee(MemberId member, address payee) external;

    /// @notice Objects to an announced payee. Any living key of the member.
    function cancelPayee(MemberId member) external;

    /// @notice Carries out an announced change of payee. Anyone.
    function applyPayee(MemberId member) external;

    /// @notice Appoints a key and the payee of COMMONS or RELIEF. Treasurer only.
    function appoint(MemberId reserved, address key, uint8 rights, address payee) external;

    /// @notice Names the ledger that is told of every change at once. Charter administrators only.
    function bindLedger(address ledger) external;

    /// @notice Names those who keep the roll of voters and are told of every change at once. Charter administrators only.
    function bindRoll(address roll) external;

    function hasRight(MemberId member, address key, uint8 right) external view returns (bool);

    /// @notice The first of some pairs of member and key that lacks a right; their number where none does.
    /// @param pairs one a word: member in bits 160–191, key below; zero is nobody's and passed over
    function firstLacking(uint8 right, uint256[] calldata pairs) external view returns (uint256 index);

    /// @notice Whether a key may vote for a member now, and the nonce that the key's ballots must bear.
    function mayVote(uint32 member, address key) external view returns (bool may, uint32 ballots);

    /// @notice Which of some keys may vote for their members now, and bear the right nonce: see `IKeyring`.
    function mayAllVote(uint256[] calldata signatories) external view returns (uint256 may);

    /// @dev Whether the institution was a member in a month, suspended or not.
    function wasMember(MemberId member, PeriodId period) external view returns (bool);

    function membership(MemberId member) external view returns (Membership memory);

    /// @dev The admitted or suspended membership of an ISIL; zero where there is none.
    function memberOf(bytes16 isil) external view returns (MemberId);

    function payeeOf(MemberId member) external view returns (address);

    function keyOf(MemberId member, address key) external view returns (DelegateKey memory);

    function pendingPayee(MemberId member) external view returns (PendingChange memory);

    function pendingKey(MemberId member) external view returns (PendingChange memory);

    /// @notice The ledger that is told of every change.
    function ledger() external view returns (address);

    /// @dev How many memberships are admitted or suspended, without the reserved accounts.
    function members() external view returns (uint32);

    /// @dev How many account numbers are given out, reserved ones included.
    function lastMember() external view returns (MemberId);
}
