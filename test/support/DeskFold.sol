// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {Claim, IClaims, Stage} from "../../contracts/interfaces/IClaims.sol";
import {IReversals} from "../../contracts/interfaces/IReversals.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Roles} from "../../contracts/types/Roles.sol";
import {RecordProof, ServiceRecord} from "../../contracts/types/ServiceRecord.sol";
import {LedgerFold} from "./LedgerFold.sol";
import {RecordTrees} from "./RecordTrees.sol";
import {IVm} from "./Vm.sol";

/// @title DeskFold
/// @notice What claims are open and what was given back, from the logs of the desks, the charter and the ledger.
contract DeskFold {
    struct Tenure {
        uint256 holders;
        uint256 vacantSince;
        uint256 vacant;
    }

    struct Given {
        uint256 amount;
        bool whole;
    }

    LedgerFold private immutable _ledger;
    bytes32 private immutable _domain;
    uint256 private immutable _born;
    mapping(uint64 role => Tenure) private _tenures;
    mapping(bytes32 id => Claim) private _claims;
    mapping(uint32 supplier => mapping(uint32 consumer => uint256)) public openClaims;
    mapping(bytes32 leaf => bytes32 id) public provenIn;
    mapping(bytes32 statement => Given) private _given;
    mapping(bytes32 statement => mapping(uint32 index => bool)) private _records;

    /// @param domain of the ledger's records
    /// @param born when the charter was built
    constructor(LedgerFold ledger, bytes32 domain, uint256 born) {
        _ledger = ledger;
        _domain = domain;
        _born = born;
    }

    /// @param when in seconds since 1970
    function take(IVm.Log calldata log, uint256 when) external {
        bytes32 what = log.topics[0];
        if (what == IClaims.ClaimOpened.selector) _opened(log, when);
        else if (what == IClaims.ClaimDisputed.selector) _enter(log.topics[1], Stage.Disputed, when);
        else if (what == IClaims.ReceiptsShown.selector) _proven(log);
        else if (what == IClaims.ClaimAwarded.selector) _judged(log, Stage.Awarded, when);
        else if (what == IClaims.ClaimAppealed.selector) _enter(log.topics[1], Stage.Appealed, when);
        else if (what == IClaims.ClaimRuled.selector) _judged(log, Stage.Ruled, when);
        else if (what == IClaims.ClaimEnded.selector) _ended(log.topics[1]);
        else if (what == IReversals.RecordsRefunded.selector) _refunded(log);
        else if (what == IReversals.StatementRefunded.selector) _refundedWhole(log);
        else if (what == IReversals.DuplicateReversed.selector) _reversed(log);
        else if (what == IAccessManager.RoleGranted.selector) _granted(log, when);
        else if (what == IAccessManager.RoleRevoked.selector) _revoked(log, when);
    }

    function claimOf(bytes32 id) external view returns (Claim memory) {
        return _claims[id];
    }

    function givenBack(bytes32 statement) external view returns (uint256 amount, bool whole) {
        return (_given[statement].amount, _given[statement].whole);
    }

    function isGivenBack(bytes32 statement, uint32 index) external view returns (bool) {
        return _given[statement].whole || _records[statement][index];
    }

    function vacantSeconds(uint64 role, uint256 when) public view returns (uint256) {
        Tenure storage tenure = _tenures[role];
        if (tenure.holders != 0) return tenure.vacant;
        return tenure.vacant + when - (tenure.vacantSince == 0 ? _born : tenure.vacantSince);
    }

    function clock(Stage stage, uint256 when) public view returns (uint256) {
        if (stage == Stage.Disputed) return when - vacantSeconds(Roles.ARBITER, when);
        return when - _ledger.pausedSeconds(when);
    }

    function _opened(IVm.Log calldata log, uint256 when) private {
        (bytes memory statement, uint256 gross, uint256 fee) = abi.decode(
            log.data,
            (bytes, uint256, uint256)
        );
        (uint32 supplier, uint32 consumer) = (uint32(uint256(log.topics[2])), uint32(uint256(log.topics[3])));
        uint256 month = (uint256(uint8(statement[8])) << 8) | uint8(statement[9]);
        Claim storage claim_ = _claims[log.topics[1]];
        claim_.supplier = MemberId.wrap(supplier);
        claim_.consumer = MemberId.wrap(consumer);
        claim_.gross = uint64(gross);
        claim_.fee = uint64(fee);
        claim_.tier = _ledger.tierIn(consumer, month);
        claim_.supplierTier = _ledger.tierIn(supplier, month);
        _enter(log.topics[1], Stage.Open, when);
        ++openClaims[supplier][consumer];
    }

    function _enter(bytes32 id, Stage stage, uint256 when) private {
        _claims[id].stage = stage;
        _claims[id].since = uint40(clock(stage, when));
    }

    function _judged(IVm.Log calldata log, Stage stage, uint256 when) private {
        (uint256 gross, uint256 fee) = abi.decode(log.data, (uint256, uint256));
        _claims[log.topics[1]].awardedGross = uint64(gross);
        _claims[log.topics[1]].awardedFee = uint64(fee);
        _enter(log.topics[1], stage, when);
    }

    function _proven(IVm.Log calldata log) private {
        (ServiceRecord[] memory records, , ) = abi.decode(log.data, (ServiceRecord[], RecordProof, bytes[]));
        Claim storage claim_ = _claims[log.topics[1]];
        RecordTrees.Parties memory parties = RecordTrees.Parties(
            _domain,
            MemberId.unwrap(claim_.supplier),
            MemberId.unwrap(claim_.consumer)
        );
        for (uint256 i = 0; i < records.length; ++i) {
            provenIn[RecordTrees.leaf(parties, records[i])] = log.topics[1];
        }
    }

    function _ended(bytes32 id) private {
        --openClaims[MemberId.unwrap(_claims[id].supplier)][MemberId.unwrap(_claims[id].consumer)];
        delete _claims[id];
    }

    function _refunded(IVm.Log calldata log) private {
        (uint32[] memory indices, uint256 amount) = abi.decode(log.data, (uint32[], uint256));
        for (uint256 i = 0; i < indices.length; ++i) _records[log.topics[1]][indices[i]] = true;
        _given[log.topics[1]].amount += amount;
    }

    function _refundedWhole(IVm.Log calldata log) private {
        _given[log.topics[1]].amount += abi.decode(log.data, (uint256));
        _given[log.topics[1]].whole = true;
    }

    function _reversed(IVm.Log calldata log) private {
        (uint32 index, , , uint256 amount) = abi.decode(log.data, (uint32, bytes32, uint32, uint256));
        _records[log.topics[1]][index] = true;
        _given[log.topics[1]].amount += amount;
    }

    function _granted(IVm.Log calldata log, uint256 when) private {
        (, , bool newMember) = abi.decode(log.data, (uint32, uint48, bool));
        if (!newMember) return;
        uint64 role = uint64(uint256(log.topics[1]));
        uint256 vacant = vacantSeconds(role, when);
        ++_tenures[role].holders;
        _tenures[role].vacant = vacant;
    }

    function _revoked(IVm.Log calldata log, uint256 when) private {
        Tenure storage tenure = _tenures[uint64(uint256(log.topics[1]))];
        if (--tenure.holders == 0) tenure.vacantSince = when;
    }
}
