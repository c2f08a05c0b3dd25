// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {Register} from "../../contracts/Register.sol";
import {Advances} from "../../contracts/desks/Advances.sol";
import {Claims} from "../../contracts/desks/Claims.sol";
import {Compensation} from "../../contracts/desks/Compensation.sol";
import {Pricing} from "../../contracts/desks/Pricing.sol";
import {Reversals} from "../../contracts/desks/Reversals.sol";
import {Unit} from "../../contracts/interfaces/IFeeSchedule.sol";
import {AccountView} from "../../contracts/interfaces/ILedger.sol";
import {IPricing} from "../../contracts/interfaces/IPricing.sol";
import {Act} from "../../contracts/interfaces/IResources.sol";
import {FeeSchedule} from "../../contracts/policy/FeeSchedule.sol";
import {Resources} from "../../contracts/policy/Resources.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Rights} from "../../contracts/types/Rights.sol";
import {Roles} from "../../contracts/types/Roles.sol";
import {Check} from "../support/Check.sol";
import {Consortium} from "../support/Consortium.sol";
import {DeskFold} from "../support/DeskFold.sol";
import {EagerBook} from "../support/EagerBook.sol";
import {LedgerFold} from "../support/LedgerFold.sol";
import {PricingFold} from "../support/PricingFold.sol";
import {RecordTrees} from "../support/RecordTrees.sol";
import {Statements} from "../support/Statements.sol";
import {OwnedWallet} from "../support/Wallets.sol";
import {IVm, vm} from "../support/Vm.sol";
import {AgreementTwin} from "./AgreementTwin.sol";
import {ReliefTwin} from "./ReliefTwin.sol";
import {Tariff} from "./Tariff.sol";
import {WorkTwin} from "./WorkTwin.sol";

/// @title World
/// @notice What every action of the handler shares: a consortium, its twin, a fold of its logs, a clock and a tally.
/// @dev Actions never revert: they predict what the ledger will do, let it, and note where it did otherwise. Before
/// they do, they say who consented to lose how much, and by what evidence; nobody else may lose anything.
abstract contract World is Check {
    /// @dev Accounts are numbered 1 to LAST: COMMONS, RELIEF, eight founders and room for two applicants.
    uint32 public constant LAST = 12;
    uint32 internal constant FOUNDERS = 10;
    uint16 internal constant FIRST_MONTH = 2026 * 12 + 8;
    address internal constant STRANGER = address(0x57a);
    /// @dev May be seated for awards or appeals, besides the first of each.
    address internal constant SECOND_JUDGE = address(0x57b);

    Consortium public c;
    Ledger public ledger;
    Claims public claims;
    Reversals public reversals;
    Register public register;
    Advances public advances;
    Pricing public pricing;
    Resources public resources;
    Compensation public compensation;
    EagerBook public twin;
    LedgerFold public fold;
    DeskFold public deskFold;
    PricingFold public pricingFold;
    Tariff public tariff;
    ReliefTwin public reliefs;
    WorkTwin public works;
    AgreementTwin public agreements;

    /// @notice The first thing that was not as predicted; empty while all is well.
    string public mismatch;
    mapping(string action => uint256) public succeeded;
    uint256 public calls;
    uint256 public strays;
    /// @notice What a close costs before anything has happened, its storage warm.
    uint256 public closeGas;

    /// @dev Members as the register should know them, month by month where it packs.
    struct Person {
        bool known;
        uint8 standing;
        uint16 since;
        uint16 until;
        uint16[] tierFrom;
        uint8[] tiers;
    }

    mapping(uint32 member => Person) internal _people;
    uint32 public population = 2;
    uint16 public open;
    uint256 public pausedUntil;
    /// @notice For how long posting was paused, and for how long nobody sat in a role.
    uint256 public paused;
    mapping(uint64 role => uint256) public vacant;
    mapping(uint64 role => uint256) internal _seated;
    mapping(uint64 role => mapping(address judge => bool)) public sits;
    /// @notice For which services COMMONS's key may attest.
    mapping(uint16 service => bool) public accredited;
    /// @notice What is set aside for compensation.
    uint256 public named;
    /// @dev A member whose countersignature comes from a contract account.
    uint32 internal constant WALLET_MEMBER = 4;
    address internal _wallet;

    /// @dev What each member may lose in this action, by its own will or by the charter's.
    mapping(uint32 member => uint256) private _consented;
    uint256 private _clock;

    /// @dev The clock is the world's own, whatever becomes of warps between calls.
    modifier acting() {
        int256[] memory worths = _begin();
        _;
        _noneWronged(worths);
    }

    /// @dev Invariant 8: whatever a role does, no position and no cash moves.
    modifier movingNothing(string memory who) {
        bytes32 before = _balances();
        _;
        _expect(_balances() == before, string.concat(who, " moved a balance"));
    }

    constructor() {
        _clock = 1788264000; // 1 September 2026, noon
        vm.warp(_clock);
        vm.recordLogs();
        c = new Consortium(8);
        (ledger, claims, reversals) = (c.ledger(), c.claims(), c.reversals());
        fold = new LedgerFold(LAST, FIRST_MONTH);
        deskFold = new DeskFold(fold, RecordTrees.domain(address(ledger)), _clock);
        pricingFold = new PricingFold();
        (_seated[Roles.ARBITER], _seated[Roles.APPELLATE]) = (1, 1);
        sits[Roles.ARBITER][c.ARBITER()] = true;
        sits[Roles.APPELLATE][c.APPELLATE()] = true;
        _hear(true);
        ledger = c.ledger();
        register = c.register();
        advances = c.advances();
        (pricing, resources, compensation) = (c.pricing(), c.resources(), c.compensation());
        twin = new EagerBook(LAST);
        (reliefs, works, agreements) = (new ReliefTwin(), new WorkTwin(FIRST_MONTH), new AgreementTwin());
        tariff = new Tariff(c);
        open = FIRST_MONTH;
        for (uint32 id = 1; id <= 2; ++id) {
            c.appoint(id);
            _people[id].known = true;
            _people[id].since = 1; // never posted for: reserved
        }
        while (population < FOUNDERS) {
            _admitted(c.admit(uint8(1 + (population % 3))), uint8(1 + (population % 3)));
            _place(population);
        }
        for (uint16 service = 1; service <= tariff.SERVICES(); ++service) _describe(service);
        // A second key for everyone, which may post and nothing else, and a wallet that countersigns for one.
        for (uint32 id = 3; id <= FOUNDERS; ++id) _enrol(id, c.addressOf(id + 100), Rights.POST);
        _wallet = address(new OwnedWallet(c.addressOf(WALLET_MEMBER + 200)));
        _enrol(WALLET_MEMBER, _wallet, Rights.COUNTERSIGN);
        for (uint32 id = 1; id <= FOUNDERS; ++id) _endow(id, uint64(200e6) * id);
        tariff.publish(7, 1);
        // From December on every month that is open to posting has prices and members.
        for (; open < FIRST_MONTH + 3; ++open) {
            _wait(31 days);
            uint256 gas = gasleft();
            ledger.closePeriod();
            closeGas = gas - gasleft();
            twin.close();
        }
        _hear(true);
    }

    /// @notice Everything that is set aside: a bond for each claim that runs, what grants hold, what was named.
    function setAside() public view returns (uint256) {
        return 5e6 * this.cases() + reliefs.balances() + named;
    }

    /// @notice How many claims run.
    function cases() external view virtual returns (uint256);

    function view_(uint32 member) public view returns (AccountView memory) {
        return ledger.account(MemberId.wrap(member));
    }

    /// @notice Lets the handler's clock and the chain's agree before invariants are read.
    function now_() external view returns (uint256) {
        return _clock;
    }

    function _wait(uint256 duration) internal {
        if (pausedUntil > _clock) {
            paused += pausedUntil - _clock < duration ? pausedUntil - _clock : duration;
        }
        if (_seated[Roles.ARBITER] == 0) vacant[Roles.ARBITER] += duration;
        if (_seated[Roles.APPELLATE] == 0) vacant[Roles.APPELLATE] += duration;
        _clock += duration;
        vm.warp(_clock);
        tariff.remember();
    }

    function _closeAll() internal {
        while (open < c.month()) _close();
    }

    /// @dev Invariant 9: a month that is over is closed by anyone, whatever the members did.
    function _close() internal {
        bool predicted = open < c.month();
        bool done;
        vm.prank(STRANGER);
        try ledger.closePeriod() {
            done = true;
            ++open;
            twin.close();
        } catch {
            done = false;
        }
        _settle("close", done, predicted);
    }

    function _admitted(uint32 id, uint8 tier) internal {
        population = id > population ? id : population;
        Person storage one = _people[id];
        one.known = true;
        one.standing = 2;
        one.since = c.month();
        one.tierFrom.push(one.since);
        one.tiers.push(tier);
    }

    /// @dev The tier that held in a month, from the whole history.
    function _tierIn(uint32 id, uint16 month) internal view returns (uint8 tier) {
        Person storage one = _people[id];
        if (one.tiers.length != 0) tier = one.tiers[0];
        for (uint256 i = 0; i < one.tiers.length; ++i) {
            if (one.tierFrom[i] <= month) tier = one.tiers[i];
        }
    }

    function _activeIn(uint32 id, uint16 month) internal view returns (bool) {
        Person storage one = _people[id];
        return one.since != 0 && one.since <= month && (one.until == 0 || month <= one.until);
    }

    /// @dev The region in which a member is: every third in the second.
    function _regionOf(uint32 id) internal pure returns (uint16) {
        return id <= FOUNDERS && id % 3 == 2 ? 2 : 1;
    }

    function _place(uint32 id) private {
        address registrar = c.REGISTRAR();
        vm.prank(registrar);
        register.classify(_id(id), 1, _regionOf(id));
    }

    /// @dev Says what a service does with works, and lets COMMONS's key attest it.
    function _describe(uint16 service) private {
        (address scheduler, address registrar) = (c.SCHEDULER(), c.REGISTRAR());
        (FeeSchedule schedule, address key) = (c.schedule(), c.addressOf(1));
        Act act = works.actOf(service);
        vm.prank(scheduler);
        schedule.describe(service, Unit.Item, act);
        vm.prank(registrar);
        pricing.accredit(key, service, true);
        accredited[service] = true;
    }

    function _enrol(uint32 id, address key, uint8 rights) private {
        address first = c.addressOf(id);
        vm.prank(first);
        register.setKey(_id(id), key, rights);
    }

    function _endow(uint32 id, uint64 amount) internal {
        c.fund(id, amount);
        twin.deposit(id, amount);
    }

    function _member(uint256 seed) internal view returns (uint32) {
        return uint32(bound(seed, 3, population));
    }

    function _anybody(uint256 seed) internal view returns (uint32) {
        return uint32(bound(seed, 1, population));
    }

    function _id(uint32 member) internal pure returns (MemberId) {
        return MemberId.wrap(member);
    }

    /// @dev A member's own key, mostly; else a key without the right, or a stranger.
    function _caller(uint32 member, uint256 seed) internal view returns (address who, bool holds) {
        if (seed % 8 == 0) return (STRANGER, false);
        if (seed % 8 == 1 && member > 2) return (c.addressOf(member + 100), false);
        return (c.addressOf(member), true);
    }

    /// @dev Who holds an office, mostly; else a stranger.
    function _officer(address holder, uint256 seed) internal pure returns (address who, bool may) {
        return seed % 8 == 0 ? (STRANGER, false) : (holder, true);
    }

    /// @dev A signature as it travels, by the member's key; every eighth by a key that must not sign.
    function _signature(
        uint32 member,
        bytes32 digest,
        uint256 seed
    ) internal view returns (bytes memory signature, bool signed) {
        if (seed % 8 == 0) member += 100;
        else signed = true;
        return (abi.encodePacked(uint8(0), Statements.sign(c.keyOf(member), digest)), signed);
    }

    /// @dev All balances in one word.
    function _balances() internal view returns (bytes32 hash) {
        for (uint32 id = 1; id <= LAST; ++id) {
            AccountView memory one = view_(id);
            hash = keccak256(abi.encode(hash, one.position, one.cash, one.advances, one.debts));
        }
    }

    /// @dev Invariant 4: a member signed, or the charter says, that it may lose so much in this action.
    function _consent(uint32 member, uint256 amount) internal {
        _consented[member] += amount;
    }

    /// @dev Whether anything can be charged or given back now.
    function _booking() internal view returns (bool) {
        return block.timestamp >= pausedUntil && open >= c.month();
    }

    /// @dev Notes what the ledger did and compares it with what was predicted.
    function _settle(string memory action, bool done, bool predicted) internal {
        _hear(done);
        if (done) ++succeeded[action];
        if (done != predicted)
            _note(string.concat(action, done ? " should have failed" : " should have worked"));
    }

    function _expect(bool holds, string memory what) internal {
        if (!holds) _note(what);
    }

    /// @dev Folds what was logged since. A call that failed logged nothing, whatever the recorder kept of it.
    function _hear(bool done) internal {
        IVm.Log[] memory logs = vm.getRecordedLogs();
        if (!done) return;
        bool legs = false;
        for (uint256 i = 0; i < logs.length; ++i) {
            address by = logs[i].emitter;
            bool settles = logs[i].topics[0] == IPricing.LegsSettled.selector;
            legs = legs || settles;
            // Of the ledger's own logs only batches tell something of prices: the month of statements with legs.
            if (by != address(ledger) || legs) pricingFold.take(logs[i]);
            if (by == address(ledger) || settles) fold.take(logs[i], block.timestamp);
            else if (by == address(claims) || by == address(reversals) || by == address(c.charter())) {
                deskFold.take(logs[i], block.timestamp);
            }
        }
    }

    function _begin() private returns (int256[] memory) {
        vm.warp(_clock);
        ++calls;
        for (uint32 id = 1; id <= LAST; ++id) delete _consented[id];
        return _worths();
    }

    /// @dev Invariant 4: a debt is a loss too, and paying it is none.
    function _worths() private view returns (int256[] memory worths) {
        worths = new int256[](LAST + 1);
        for (uint32 id = 1; id <= LAST; ++id) {
            AccountView memory one = view_(id);
            worths[id] = one.position + int256(one.cash) - int256(one.debts);
        }
    }

    function _noneWronged(int256[] memory before) private {
        int256[] memory worths = _worths();
        for (uint32 id = 1; id <= LAST; ++id) {
            _expect(before[id] - worths[id] <= int256(_consented[id]), "4: a debit without consent");
        }
    }

    function _note(string memory what) private {
        if (bytes(mismatch).length == 0) mismatch = what;
    }
}
