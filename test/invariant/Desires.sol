// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAmendments} from "../../contracts/interfaces/IAmendments.sol";
import {IChamber} from "../../contracts/interfaces/IChamber.sol";
import {IRegister} from "../../contracts/interfaces/IRegister.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Roles} from "../../contracts/types/Roles.sol";
import {Polity} from "./Polity.sol";

/// @title Desires
/// @notice What somebody in a polity might want, allowed or not, out of a seed.
abstract contract Desires is Polity {
    struct Motion {
        uint256 house;
        uint256 id;
        address target;
        bytes data;
        string text;
        uint256 queuedAt;
    }

    struct Draft {
        address target;
        bytes data;
        bytes32 text;
    }

    Motion[] internal _motions;
    Draft[] internal _drafts;

    /// @dev A call that somebody might want, allowed or not.
    function _act(uint256 seed) internal view returns (address, bytes memory) {
        uint256 what = mix(seed, 20) % 9;
        address who = _accounts[mix(seed, 21) % _accounts.length];
        uint64 role = uint64(mix(seed, 22) % 13);
        uint32 delay = mix(seed, 23) % 2 == 0 ? 0 : uint32(mix(seed, 24) % 20 days);
        address house = houses[mix(seed, 25) % 3];
        bytes32 id = _draftId(mix(seed, 26));
        if (what == 0) return (address(charter), abi.encodeCall(charter.grantRole, (role, who, delay)));
        if (what == 1) return (address(charter), abi.encodeCall(charter.revokeRole, (role, who)));
        if (what == 2) {
            bytes memory data = _motions.length == 0 ? bytes("none") : _motions[seed % _motions.length].data;
            return (
                address(charter),
                abi.encodeCall(charter.cancel, (houses[BOARD], address(register), data))
            );
        }
        if (what == 3) return (address(amendments), abi.encodeCall(IAmendments.ratify, (id)));
        if (what == 4) return (address(amendments), abi.encodeCall(IAmendments.approve, (id)));
        if (what == 5) return (address(amendments), abi.encodeCall(IAmendments.insist, (id)));
        if (what == 6) return (house, abi.encodeCall(IChamber.setShares, (1, 1)));
        return move(uint16(mix(seed, 27) % 4));
    }

    /// @notice The first member to another region: an act of the registrar's.
    function move(uint16 to) public view returns (address, bytes memory) {
        return (address(register), abi.encodeCall(IRegister.classify, (MemberId.wrap(FIRST_MEMBER_), 1, to)));
    }

    function _draftId(uint256 seed) private view returns (bytes32) {
        if (_drafts.length == 0) return 0;
        Draft memory draft = _drafts[seed % _drafts.length];
        (address[] memory targets, bytes[] memory datas) = _lists(draft.target, draft.data);
        return amendments.idOf(targets, datas, draft.text);
    }

    /// @dev What the members might agree on and the amendments must refuse, and some that they need not. Who holds
    /// the Board's rights is left to them, as it is for them to say.
    function _amendment(uint256 seed) internal view returns (Draft memory) {
        uint256 what = mix(seed, 30) % 10;
        address who = _accounts[mix(seed, 31) % _accounts.length];
        uint32 delay = uint32(mix(seed, 32) % 20 days);
        uint64 of_ = [Roles.REGISTRAR, Roles.SCHEDULER, Roles.SUSPENDER, Roles.COUNCIL, Roles.ASSEMBLY][
            mix(seed, 33) % 5
        ];
        uint64 power = [Roles.ADMIN, Roles.COUNCIL, Roles.ASSEMBLY][mix(seed, 34) % 3];
        uint64 role = uint64(mix(seed, 35) % 12);
        bytes memory data;
        if (what == 0)
            data = abi.encodeCall(charter.grantRole, (power, who, mix(seed, 36) % 2 == 0 ? 0 : delay));
        else if (what == 1) data = abi.encodeCall(charter.grantRole, (Roles.REGISTRAR, houses[BOARD], delay));
        else if (what == 2) data = abi.encodeCall(charter.setRoleGuardian, (Roles.REGISTRAR, role));
        else if (what == 3) data = abi.encodeCall(charter.setRoleAdmin, (of_, role));
        else if (what == 4) data = abi.encodeCall(charter.revokeRole, (power, who));
        else if (what == 5) data = abi.encodeCall(charter.renounceRole, (Roles.ADMIN, address(amendments)));
        else if (what == 6) data = abi.encodeCall(charter.setTargetClosed, (address(amendments), true));
        else if (what == 7) data = abi.encodeCall(charter.updateAuthority, (address(amendments), who));
        else if (what == 8) return _setting(delay);
        else return Draft(address(charter), abi.encodeCall(charter.labelRole, (77, "a role")), bytes32(seed));
        return Draft(address(charter), data, 0);
    }

    function _setting(uint32 period) private view returns (Draft memory) {
        return Draft(houses[COUNCIL], abi.encodeWithSignature("setVotingPeriod(uint32)", period), 0);
    }

    function _lists(
        address target,
        bytes memory data
    ) internal pure returns (address[] memory targets, bytes[] memory datas) {
        (targets, datas) = (new address[](1), new bytes[](1));
        (targets[0], datas[0]) = (target, data);
    }
}
