// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IDesk} from "../interfaces/IDesk.sol";
import {ILedger} from "../interfaces/ILedger.sol";
import {IRegister} from "../interfaces/IRegister.sol";
import {LedgerDomain} from "../libraries/LedgerDomain.sol";
import {RecordTree} from "../libraries/RecordTree.sol";
import {StatementCodec} from "../libraries/StatementCodec.sol";
import {MemberId} from "../types/MemberId.sol";
import {Statement} from "../types/Statement.sol";

/// @title Desk
/// @notice What every desk shares: its ledger, the register, and how a statement is told from another.
abstract contract Desk is IDesk, AccessManaged {
    /// @notice Institutions and their keys.
    IRegister public immutable REGISTER;

    /// @notice The ledger whose book this desk works on.
    ILedger public ledger;

    constructor(address charter, IRegister register) AccessManaged(charter) {
        REGISTER = register;
    }

    /// @inheritdoc IDesk
    function bindLedger(address ledger_) external restricted {
        if (address(ledger) != address(0)) revert DeskBound(address(ledger));
        ledger = ILedger(ledger_);
        emit LedgerBound(ledger_);
    }

    function _requireRight(MemberId member, uint8 right) internal view {
        if (!REGISTER.hasRight(member, msg.sender, right)) {
            revert DeskRightMissing(member, msg.sender, right);
        }
    }

    function _pair(MemberId first, MemberId second) internal pure returns (uint64) {
        return (uint64(MemberId.unwrap(first)) << 32) | MemberId.unwrap(second);
    }

    /// @dev EIP-712 digest of a packed statement, as its consumer signs it for the ledger.
    function _digest(
        MemberId supplier,
        bytes calldata packed,
        Statement memory statement
    ) internal view returns (bytes32) {
        return _typed(StatementCodec.structHash(packed, supplier, statement));
    }

    /// @dev Everything signed for a desk is signed for its ledger: one domain a consortium.
    function _typed(bytes32 structHash) internal view returns (bytes32) {
        return LedgerDomain.digest(address(ledger), structHash);
    }

    /// @dev What keeps a record to one ledger on one chain.
    function _recordDomain() internal view returns (bytes32) {
        return RecordTree.domain(block.chainid, address(ledger));
    }
}
