// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {Charter} from "../Charter.sol";
import {Amendment, IAmendments} from "../interfaces/IAmendments.sol";
import {IChamber} from "../interfaces/IChamber.sol";
import {Roles} from "../types/Roles.sol";

/// @title Amendments
/// @notice See IAmendments.
contract Amendments is IAmendments, AccessManaged {
    /// @notice For how long a ratification, an approval or a first insistence counts, in seconds.
    uint256 public constant TERM = 365 days;

    /// @notice How long after the first time the Assembly may insist again, in seconds.
    uint256 public constant INSIST_AFTER = 60 days;

    /// @notice How much longer the Board's delays last than the Council's longest decision, in seconds.
    uint256 public constant VETO_MARGIN = 1 days;

    /// @notice From passing to execution, in seconds.
    uint32 public immutable DELAY;

    /// @notice For how long an amendment can be executed, in seconds.
    uint32 public immutable GRACE;

    Charter private immutable _charter;

    mapping(bytes32 amendment => Amendment) private _amendments;

    constructor(Charter charter, uint32 delay, uint32 grace) AccessManaged(address(charter)) {
        if (delay == 0 || grace == 0) revert AmendmentTermsInvalid();
        _charter = charter;
        DELAY = delay;
        GRACE = grace;
    }

    /// @inheritdoc IAmendments
    function propose(
        address[] calldata targets,
        bytes[] calldata calldatas,
        bytes32 text
    ) external returns (bytes32 id) {
        if (targets.length != calldatas.length || (targets.length == 0 && text == 0)) revert AmendmentEmpty();
        id = idOf(targets, calldatas, text);
        Amendment memory amendment = _amendments[id];
        bool over = amendment.executed || _lapsed(amendment);
        if (amendment.proposedAt != 0 && !over) revert AmendmentPending(id);

        _amendments[id] = Amendment({
            proposedAt: uint40(block.timestamp),
            ratifiedAt: 0,
            approvedAt: 0,
            insistedAt: 0,
            readyAt: 0,
            executed: false
        });

        emit AmendmentProposed(id, targets, calldatas, text);
    }

    /// @inheritdoc IAmendments
    function ratify(bytes32 id) external restricted {
        Amendment storage amendment = _undecided(id);
        amendment.ratifiedAt = uint40(block.timestamp);
        emit AmendmentRatified(id);
        if (_counts(amendment.approvedAt)) _pass(id, amendment);
    }

    /// @inheritdoc IAmendments
    function approve(bytes32 id) external restricted {
        Amendment storage amendment = _undecided(id);
        amendment.approvedAt = uint40(block.timestamp);
        emit AmendmentApproved(id);
        if (_counts(amendment.ratifiedAt)) _pass(id, amendment);
    }

    /// @inheritdoc IAmendments
    function insist(bytes32 id) external restricted {
        Amendment storage amendment = _undecided(id);
        uint256 first = amendment.insistedAt;
        if (!_counts(first)) {
            amendment.insistedAt = uint40(block.timestamp);
            emit AmendmentInsisted(id);
            return;
        }
        if (block.timestamp < first + INSIST_AFTER) revert AmendmentTooEarly(id, first + INSIST_AFTER);
        _pass(id, amendment);
    }

    /// @inheritdoc IAmendments
    function execute(address[] calldata targets, bytes[] calldata calldatas, bytes32 text) external {
        bytes32 id = idOf(targets, calldatas, text);
        Amendment memory amendment = _amendments[id];
        uint256 readyAt = amendment.readyAt;
        if (readyAt == 0 || amendment.executed) revert AmendmentNotPassed(id);
        if (block.timestamp < readyAt) revert AmendmentTooEarly(id, readyAt);
        if (_lapsed(amendment)) revert AmendmentLapsed(id, readyAt + GRACE);

        _amendments[id].executed = true;
        emit AmendmentExecuted(id);

        for (uint256 i = 0; i < targets.length; ++i) {
            Address.functionCall(targets[i], calldatas[i]);
        }
        if (text != 0 && text != _charter.textHash()) _charter.pinText(text);
        _requireAdmin();
        _requireChambers();
        _requireVeto();
    }

    /// @inheritdoc IAmendments
    function amendmentOf(bytes32 id) external view returns (Amendment memory) {
        return _amendments[id];
    }

    /// @inheritdoc IAmendments
    function vetoTime() public view returns (uint256) {
        return IChamber(_charter.council()).longestDecision() + VETO_MARGIN;
    }

    /// @inheritdoc IAmendments
    function idOf(
        address[] calldata targets,
        bytes[] calldata calldatas,
        bytes32 text
    ) public pure returns (bytes32) {
        return keccak256(abi.encode(targets, calldatas, text));
    }

    function _pass(bytes32 id, Amendment storage amendment) private {
        uint256 readyAt = block.timestamp + DELAY;
        amendment.readyAt = uint40(readyAt);
        emit AmendmentPassed(id, readyAt, readyAt + GRACE);
    }

    function _undecided(bytes32 id) private view returns (Amendment storage amendment) {
        amendment = _amendments[id];
        if (amendment.proposedAt == 0) revert AmendmentUnknown(id);
        if (amendment.readyAt != 0) revert AmendmentDecided(id);
    }

    function _counts(uint256 since) private view returns (bool) {
        return since != 0 && block.timestamp <= since + TERM;
    }

    function _lapsed(Amendment memory amendment) private view returns (bool) {
        return amendment.readyAt != 0 && block.timestamp > uint256(amendment.readyAt) + GRACE;
    }

    /// @dev A delay on itself, even one to come, would lock the charter for ever.
    function _requireAdmin() private view {
        (uint48 since, uint32 delay, uint32 pending, ) = _charter.getAccess(Roles.ADMIN, address(this));
        bool alone = since != 0 && since <= block.timestamp && _charter.holdersOf(Roles.ADMIN) == 1;
        if (!alone || delay != 0 || pending != 0) revert AmendmentAdminLost();
    }

    function _requireChambers() private view {
        if (authority() != address(_charter) || _charter.isTargetClosed(address(this))) {
            revert AmendmentAdminLost();
        }
        address house = _charter.lastHolder(Roles.ASSEMBLY);
        _requireChamber(Roles.COUNCIL, _charter.council(), this.ratify.selector);
        _requireChamber(Roles.ASSEMBLY, house, this.approve.selector);
        _requireChamber(Roles.ASSEMBLY, house, this.insist.selector);
    }

    /// @dev One contract holds the role, now and without a delay of the charter's: one to come would lock it as well.
    function _requireChamber(uint64 role, address holder, bytes4 verb) private view {
        (uint48 since, uint32 delay, uint32 pending, ) = _charter.getAccess(role, holder);
        bool held = since != 0 && since <= block.timestamp && delay == 0 && pending == 0;
        bool alone = _charter.holdersOf(role) == 1 && holder.code.length != 0;
        bool asked =
            _charter.getTargetFunctionRole(address(this), verb) == role &&
                _charter.getRoleAdmin(role) == Roles.ADMIN;
        if (!held || !alone || !asked) revert AmendmentChamberLost(role);
    }

    /// @dev What the Board holds, it holds with a delay in which the Council can cancel, now and after every change
    /// that is announced; and only an amendment can change that.
    function _requireVeto() private view {
        address board = _charter.board();
        uint256 needed = vetoTime();
        uint64[4] memory roles = [Roles.REGISTRAR, Roles.SCHEDULER, Roles.TREASURER, Roles.SUSPENDER];
        for (uint256 i = 0; i < roles.length; ++i) {
            (uint48 since, uint32 delay, uint32 pending, uint48 effect) = _charter.getAccess(roles[i], board);
            if (since == 0) continue;
            uint256 least = effect != 0 && pending < delay ? pending : delay;
            bool guarded =
                _charter.getRoleGuardian(roles[i]) == Roles.COUNCIL &&
                    _charter.getRoleAdmin(roles[i]) == Roles.ADMIN;
            if (least <= needed || !guarded) {
                revert AmendmentVetoLost(roles[i], least, needed);
            }
        }
    }
}
