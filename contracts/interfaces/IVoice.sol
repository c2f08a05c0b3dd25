// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {IElectorate} from "./IElectorate.sol";
import {IRoll} from "./IRoll.sol";

/// @title IVoice
/// @notice What a member's word weighs in the assembly, and who elects the council.
/// @dev A base for every member, and at most as much again for what it gave: the bonus grows with the square root of
/// standing up to a cap, so that small libraries count and trading in circles buys little. Voice counts as last
/// synced; the register has it synced at every change, anyone may at any time. On the rolls is who was admitted at least
/// three months ago and has not left; a suspension takes voice only once the council has confirmed it.
interface IVoice is IElectorate, IRoll {
    event VoiceSynced(MemberId indexed member, uint256 units);
    event SuspensionConfirmed(MemberId indexed member);

    error VoiceMemberUnknown(MemberId member);
    error VoiceNotSuspended(MemberId member);
    error VoiceTermsInvalid();

    /// @notice Brings many members up to date. Anyone.
    function syncAll(MemberId[] calldata members) external;

    /// @notice Confirms that a suspended member has no voice until it is reinstated. The council only.
    function confirmSuspension(MemberId member) external;

    /// @notice Whether the council confirmed the suspension in which a member is.
    function suspensionConfirmed(MemberId member) external view returns (bool);

    /// @notice What a member's word would weigh with a standing, in units of a millionth of the base.
    /// @param standing decayed sum of what was supplied, in millionths of a credit
    function unitsOf(uint256 standing) external view returns (uint256 units);
}
