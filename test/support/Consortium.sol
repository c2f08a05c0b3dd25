// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {Charter} from "../../contracts/Charter.sol";
import {CreditToken} from "../../contracts/CreditToken.sol";
import {Ledger} from "../../contracts/Ledger.sol";
import {Advances} from "../../contracts/desks/Advances.sol";
import {Claims} from "../../contracts/desks/Claims.sol";
import {Compensation} from "../../contracts/desks/Compensation.sol";
import {Pricing} from "../../contracts/desks/Pricing.sol";
import {Reversals} from "../../contracts/desks/Reversals.sol";
import {Register} from "../../contracts/Register.sol";
import {Price} from "../../contracts/interfaces/IFeeSchedule.sol";
import {IRegister} from "../../contracts/interfaces/IRegister.sol";
import {ClaimTerms} from "../../contracts/interfaces/IClaims.sol";
import {Desks, Terms} from "../../contracts/interfaces/ILedger.sol";
import {IPricing} from "../../contracts/interfaces/IPricing.sol";
import {IReliefs} from "../../contracts/interfaces/IReliefs.sol";
import {FeeSchedule} from "../../contracts/policy/FeeSchedule.sol";
import {Resources} from "../../contracts/policy/Resources.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {PeriodId, periodOf} from "../../contracts/types/PeriodId.sol";
import {Rights} from "../../contracts/types/Rights.sol";
import {Roles} from "../../contracts/types/Roles.sol";
import {Artifacts} from "./Artifacts.sol";
import {PlainToken} from "./Tokens.sol";
import {vm} from "./Vm.sol";

/// @title Consortium
/// @notice A consortium as deploy/modules/Consortia.ts founds it, for tests in Solidity.
contract Consortium {
    address public constant REGISTRAR = address(0xa1);
    address public constant SCHEDULER = address(0xa2);
    address public constant TREASURER = address(0xa3);
    address public constant GUARDIAN = address(0xa4);
    address public constant ARBITER = address(0xa6);
    address public constant APPELLATE = address(0xa7);
    address public constant COUNCIL = address(0xa8);
    address public constant AUTHORITY = address(0xaa);

    uint32 public constant NOTICE = 7 days;
    uint32 public constant WINDOW = 7 days;
    uint32 public constant DEBT_TERM = 90 days;

    Charter public immutable charter;
    Register public immutable register;
    FeeSchedule public immutable schedule;
    IERC20Metadata public immutable asset;
    Ledger public immutable ledger;
    Claims public immutable claims;
    Reversals public immutable reversals;
    Advances public immutable advances;
    Resources public immutable resources;
    Pricing public immutable pricing;
    Compensation public immutable compensation;

    /// @param decimals of the asset; zero for the consortium's own credit token
    constructor(uint8 decimals) {
        charter = Charter(
            Artifacts.create("Charter.sol", abi.encode(address(this), keccak256("The members decide.")))
        );
        register = Register(Artifacts.create("Register.sol", abi.encode(charter)));
        schedule = FeeSchedule(Artifacts.create("FeeSchedule.sol", abi.encode(charter)));
        asset =
            decimals == 0
                ? IERC20Metadata(
                    Artifacts.create("CreditToken.sol", abi.encode(address(charter), "Credit", "CREDIT"))
                )
                : IERC20Metadata(new PlainToken(decimals));
        resources = Resources(Artifacts.create("Resources.sol", abi.encode(charter, register)));
        pricing = Pricing(
            Artifacts.create("Pricing.sol", abi.encode(charter, register, schedule, resources))
        );
        claims = Claims(Artifacts.create("Claims.sol", abi.encode(charter, register, pricing, claimTerms())));
        reversals = Reversals(Artifacts.create("Reversals.sol", abi.encode(charter, register, claims)));
        advances = Advances(Artifacts.create("Advances.sol", abi.encode(charter, register)));
        compensation = Compensation(Artifacts.create("Compensation.sol", abi.encode(charter, register)));
        ledger = createLedger(
            Desks({
                claims: address(claims),
                reversals: address(reversals),
                advances: address(advances),
                pricing: address(pricing),
                compensation: address(compensation)
            })
        );
        claims.bindLedger(address(ledger));
        reversals.bindLedger(address(ledger));
        advances.bindLedger(address(ledger));
        pricing.bindLedger(address(ledger));
        compensation.bindLedger(address(ledger));
        _assignRights();
        if (decimals == 0) _assignToken();
        register.bindLedger(address(ledger));
        ledger.sync(MemberId.wrap(1));
        ledger.sync(MemberId.wrap(2));
    }

    /// @notice Another ledger of the same consortium.
    function createLedger(Desks memory desks) public returns (Ledger) {
        Terms memory terms = Terms({withdrawalNotice: NOTICE, withdrawalWindow: WINDOW, debtTerm: DEBT_TERM});
        return
            Ledger(
                Artifacts.create("Ledger.sol", abi.encode(address(charter), register, asset, desks, terms))
            );
    }

    function claimTerms() public pure returns (ClaimTerms memory) {
        return
            ClaimTerms({
                challengeWindow: 45 days,
                awardTerm: 180 days,
                appealWindow: 14 days,
                appealTerm: 60 days,
                bond: 5e6,
                limit: 5_000e6,
                openPerPair: 4
            });
    }

    /// @notice A member's private key. COMMONS and RELIEF have one too once `appoint` was called.
    function keyOf(uint32 member) public pure returns (uint256) {
        return uint256(keccak256(abi.encode("key", member)));
    }

    function addressOf(uint32 member) public pure returns (address) {
        return vm.addr(keyOf(member));
    }

    function payeeOf(uint32 member) public pure returns (address) {
        return address(uint160(0xbeef0000) + member);
    }

    /// @notice Lets another institution apply with a key of its own.
    function applyFor(uint8 tier) public returns (uint32 member) {
        member = MemberId.unwrap(register.lastMember()) + 1;
        bytes16 isil = bytes16(
            abi.encodePacked("XA-T", bytes1(uint8(48 + member / 10)), bytes1(uint8(48 + (member % 10))))
        );
        vm.prank(addressOf(member));
        register.applyFor(isil, 1, tier, 1, 1, payeeOf(member));
    }

    function admit(uint8 tier) public returns (uint32 member) {
        member = applyFor(tier);
        vm.prank(REGISTRAR);
        register.admit(MemberId.wrap(member));
    }

    /// @notice Gives COMMONS or RELIEF a key with every right.
    function appoint(uint32 reserved) public {
        address key = addressOf(reserved);
        vm.prank(TREASURER);
        register.appoint(MemberId.wrap(reserved), key, Rights.ALL, payeeOf(reserved));
    }

    function mint(address to, uint256 units) public {
        if (asset.decimals() == 6) {
            vm.prank(TREASURER);
            CreditToken(address(asset)).issue(to, units);
        } else {
            PlainToken(address(asset)).mint(to, units);
        }
    }

    /// @notice Units of the asset that make a millionth of a credit.
    function scale() public view returns (uint256) {
        return 10 ** (asset.decimals() - 6);
    }

    /// @notice Deposits millionths of a credit made for the purpose.
    function fund(uint32 member, uint64 amount) public {
        uint256 units = amount * scale();
        mint(address(this), units);
        asset.approve(address(ledger), units);
        ledger.deposit(MemberId.wrap(member), amount);
    }

    /// @notice Publishes a new version from a month on.
    function publish(Price[] memory prices, uint16 from) public returns (uint256 version) {
        vm.prank(SCHEDULER);
        version = schedule.draft(0, prices);
        vm.prank(SCHEDULER);
        schedule.publish(version, PeriodId.wrap(from));
    }

    function month() public view returns (uint16) {
        return PeriodId.unwrap(periodOf(block.timestamp));
    }

    function open() public view returns (uint16) {
        return PeriodId.unwrap(ledger.openPeriod());
    }

    /// @dev What backs the consortium's own credits is promised once and for all.
    function _assignToken() private {
        charter.setTargetFunctionRole(
            address(asset),
            _two(CreditToken.issue.selector, CreditToken.commit.selector),
            Roles.TREASURER
        );
        vm.prank(TREASURER);
        CreditToken(address(asset)).commit(MemberId.wrap(1), type(uint128).max, keccak256("A promise."));
    }

    function _assignRights() private {
        charter.setTargetFunctionRole(
            address(register),
            _four(
                Register.reinstate.selector,
                Register.scheduleTier.selector,
                Register.classify.selector,
                IRegister.announceRekey.selector
            ),
            Roles.REGISTRAR
        );
        charter.setTargetFunctionRole(address(register), _one(Register.admit.selector), Roles.ADMITTER);
        charter.setTargetFunctionRole(address(register), _one(Register.suspend.selector), Roles.SUSPENDER);
        charter.setTargetFunctionRole(address(register), _one(Register.appoint.selector), Roles.TREASURER);
        charter.setTargetFunctionRole(
            address(schedule),
            _four(
                FeeSchedule.draft.selector,
                FeeSchedule.draftConditional.selector,
                FeeSchedule.publish.selector,
                FeeSchedule.withdrawFrom.selector
            ),
            Roles.SCHEDULER
        );
        charter.setTargetFunctionRole(
            address(schedule),
            _one(FeeSchedule.describe.selector),
            Roles.SCHEDULER
        );
        _assignPolicies();
        charter.setTargetFunctionRole(address(ledger), _one(Ledger.pausePosting.selector), Roles.GUARDIAN);
        charter.setTargetFunctionRole(address(ledger), _one(Ledger.resumePosting.selector), Roles.GUARDIAN);
        charter.setTargetFunctionRole(address(claims), _one(Claims.award.selector), Roles.ARBITER);
        charter.setTargetFunctionRole(address(claims), _one(Claims.rule.selector), Roles.APPELLATE);
        charter.grantRole(Roles.REGISTRAR, REGISTRAR, 0);
        charter.grantRole(Roles.SUSPENDER, REGISTRAR, 0);
        charter.grantRole(Roles.ADMITTER, REGISTRAR, 0);
        charter.grantRole(Roles.SCHEDULER, SCHEDULER, 0);
        charter.grantRole(Roles.TREASURER, TREASURER, 0);
        charter.grantRole(Roles.GUARDIAN, GUARDIAN, 0);
        charter.grantRole(Roles.ARBITER, ARBITER, 0);
        charter.grantRole(Roles.APPELLATE, APPELLATE, 0);
        charter.grantRole(Roles.COUNCIL, COUNCIL, 0);
        charter.grantRole(Roles.AUTHORITY, AUTHORITY, 0);
    }

    function _assignPolicies() private {
        charter.setTargetFunctionRole(
            address(pricing),
            _two(IReliefs.relieve.selector, IReliefs.endRelief.selector),
            Roles.SCHEDULER
        );
        charter.setTargetFunctionRole(address(pricing), _one(IReliefs.openGrant.selector), Roles.AUTHORITY);
        charter.setTargetFunctionRole(address(pricing), _one(IPricing.accredit.selector), Roles.REGISTRAR);
        charter.setTargetFunctionRole(
            address(resources),
            _two(Resources.reassign.selector, Resources.setCommercial.selector),
            Roles.REGISTRAR
        );
        charter.setTargetFunctionRole(address(compensation), _one(Compensation.name.selector), Roles.COUNCIL);
    }

    function _one(bytes4 selector) private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](1);
        selectors[0] = selector;
    }

    function _two(bytes4 a, bytes4 b) private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (a, b);
    }

    function _four(bytes4 a, bytes4 b, bytes4 c, bytes4 d) private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](4);
        (selectors[0], selectors[1], selectors[2], selectors[3]) = (a, b, c, d);
    }
}
