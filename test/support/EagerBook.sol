// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title EagerBook
/// @notice The book's twin, as simple as it can be: no packing, no laziness, everybody settled at every close.
contract EagerBook {
    struct Account {
        int256 position;
        int256 cash;
        uint256 supplied;
        uint256 standing;
        uint256 advances;
        uint256 debts;
        uint256 indebtedSince;
    }

    /// @param services for services, which count as supplied once they are paid
    /// @param back what a supplier owes back
    struct Debt {
        uint256 services;
        uint256 back;
    }

    uint32 public immutable last;
    /// @notice What came in and did not go out.
    uint256 public backing;
    /// @notice What is set aside: bonds, grants, compensation.
    uint256 public bonds;
    /// @dev Fees of the batch at hand, which COMMONS gets once it is posted.
    uint256 private _fees;
    mapping(uint32 member => int256[]) private _nets;
    mapping(uint32 member => Account) private _accounts;
    mapping(uint32 sponsor => mapping(uint32 member => uint256)) public advanceOf;
    mapping(uint32 debtor => mapping(uint32 creditor => Debt)) private _debts;

    error EagerBookRefuses();

    /// @param last_ accounts are numbered from one to this
    constructor(uint32 last_) {
        last = last_;
    }

    function account(uint32 member) external view returns (Account memory) {
        return _accounts[member];
    }

    function close() external {
        for (uint32 member = 1; member <= last; ++member) {
            Account storage one = _accounts[member];
            _nets[member].push(one.position);
            one.cash += one.position;
            one.position = 0;
            one.standing = (one.standing * 11) / 12 + one.supplied;
            one.supplied = 0;
        }
    }

    function deposit(uint32 member, uint256 amount) external {
        _accounts[member].cash += int256(amount);
        backing += amount;
        if (backing > uint256(uint64(type(int64).max))) revert EagerBookRefuses();
    }

    function withdraw(uint32 member, uint256 amount) external {
        if (amount == 0 || amount > free(member)) revert EagerBookRefuses();
        _accounts[member].cash -= int256(amount);
        backing -= amount;
    }

    function advance(uint32 sponsor, uint32 member, uint256 amount) external {
        if (amount == 0 || sponsor == member || amount > free(sponsor)) revert EagerBookRefuses();
        advanceOf[sponsor][member] += amount;
        _accounts[member].advances += amount;
        _accounts[member].cash += int256(amount);
        _accounts[sponsor].cash -= int256(amount);
    }

    /// @notice Settled cash that no open debit and no debt needs.
    function unspent(uint32 member) public view returns (uint256) {
        return _atLeastZero(_settled(member) - int256(_accounts[member].debts));
    }

    function returnAdvance(uint32 sponsor, uint32 member, uint256 amount) external {
        if (amount == 0 || amount > advanceOf[sponsor][member]) revert EagerBookRefuses();
        if (amount > unspent(member)) revert EagerBookRefuses();
        advanceOf[sponsor][member] -= amount;
        _accounts[member].advances -= amount;
        _accounts[member].cash -= int256(amount);
        _accounts[sponsor].cash += int256(amount);
    }

    /// @notice Debits the consumer gross and fee; with `acknowledge` what finds no room becomes debts.
    function post(uint32 supplier, uint32 consumer, uint256 gross, uint256 fee, bool acknowledge) external {
        postRelieved(supplier, consumer, gross, fee, 0, 0, acknowledge);
        collect();
    }

    /// @notice The same in a batch, of which `collect` is the end, where RELIEF pays a part of the gross: for some of that
    /// it is granted money that was set aside.
    function postRelieved(
        uint32 supplier,
        uint32 consumer,
        uint256 gross,
        uint256 fee,
        uint256 relieved,
        uint256 granted,
        bool acknowledge
    ) public {
        uint256 space = room(consumer);
        uint256 due = gross + fee - relieved;
        uint256 owed = due > space ? due - space : 0;
        if (owed != 0 && !acknowledge) revert EagerBookRefuses();
        empty(2, granted);
        _move(2, consumer, relieved);
        uint256 feeOwed = owed < fee ? owed : fee;
        _owe(consumer, supplier, owed - feeOwed, 0);
        _owe(consumer, 1, feeOwed, 0);
        _move(consumer, supplier, gross - (owed - feeOwed));
        _supply(supplier, gross - (owed - feeOwed));
        _accounts[consumer].position -= int256(fee - feeOwed);
        _fees += fee - feeOwed;
    }

    /// @notice What a consumer pays a rights holder, at once.
    function payRoyalty(uint32 consumer, uint32 holder, uint256 amount) external {
        if (amount > room(consumer)) revert EagerBookRefuses();
        _move(consumer, holder, amount);
    }

    function collect() public {
        _accounts[1].position += int256(_fees);
        _fees = 0;
    }

    function payDebt(uint32 debtor, uint32 creditor) external returns (uint256 paid) {
        uint256 holds = uint256(_accounts[debtor].position + _accounts[debtor].cash);
        uint256 services;
        (paid, services) = _takeOff(debtor, creditor, holds);
        if (paid == 0) revert EagerBookRefuses();
        _pay(debtor, creditor, services);
        _move(debtor, creditor, paid - services);
    }

    function lockBond(uint32 supplier, uint256 amount) external {
        if (amount > free(supplier)) revert EagerBookRefuses();
        _accounts[supplier].cash -= int256(amount);
        bonds += amount;
    }

    function releaseBond(uint32 member, uint256 amount) external {
        empty(member, amount);
    }

    /// @notice Sets money of RELIEF aside.
    function fill(uint256 amount) external {
        if (amount > free(2)) revert EagerBookRefuses();
        _accounts[2].cash -= int256(amount);
        bonds += amount;
    }

    /// @notice Pays what was set aside into an account.
    function empty(uint32 member, uint256 amount) public {
        bonds -= amount;
        _accounts[member].cash += int256(amount);
    }

    /// @notice Pays what was set aside out.
    function payBack(uint256 amount) external {
        bonds -= amount;
        backing -= amount;
    }

    /// @notice What an account netted in the n-th month of the book, from zero.
    function netOf(uint32 member, uint256 month) external view returns (int256) {
        return _nets[member][month];
    }

    /// @notice Cancels what the consumer still owes the supplier, moves what the supplier has room for, and notes
    /// the rest as owed back. Only what was owed for services had not been supplied yet.
    function giveBack(uint32 supplier, uint32 consumer, uint256 amount) external {
        (uint256 cancelled, uint256 services) = _takeOff(consumer, supplier, amount);
        uint256 due = amount - cancelled;
        uint256 space = room(supplier);
        uint256 owed = due > space ? due - space : 0;
        _owe(supplier, consumer, 0, owed);
        _move(supplier, consumer, due - owed);
        uint256 unsupplied = amount - services;
        uint256 supplied = _accounts[supplier].supplied;
        _accounts[supplier].supplied = supplied > unsupplied ? supplied - unsupplied : 0;
    }

    function debtOf(uint32 debtor, uint32 creditor) external view returns (uint256) {
        return _debts[debtor][creditor].services + _debts[debtor][creditor].back;
    }

    /// @notice Whether the account holds what it owes.
    function solvent(uint32 member) external view returns (bool) {
        Account storage one = _accounts[member];
        return one.position + one.cash >= int256(one.debts);
    }

    function room(uint32 member) public view returns (uint256) {
        Account storage one = _accounts[member];
        return _atLeastZero(one.position + one.cash - int256(one.debts));
    }

    function free(uint32 member) public view returns (uint256) {
        Account storage one = _accounts[member];
        return _atLeastZero(_settled(member) - int256(one.advances) - int256(one.debts));
    }

    function _owe(uint32 debtor, uint32 creditor, uint256 services, uint256 back) private {
        if (services + back == 0) return;
        if (_accounts[debtor].debts == 0) _accounts[debtor].indebtedSince = block.timestamp;
        _debts[debtor][creditor].services += services;
        _debts[debtor][creditor].back += back;
        _accounts[debtor].debts += services + back;
    }

    /// @dev Up to a limit, what is owed for services first.
    function _takeOff(
        uint32 debtor,
        uint32 creditor,
        uint256 limit
    ) private returns (uint256 taken, uint256 services) {
        Debt storage debt = _debts[debtor][creditor];
        services = debt.services < limit ? debt.services : limit;
        uint256 back = debt.back < limit - services ? debt.back : limit - services;
        taken = services + back;
        debt.services -= services;
        debt.back -= back;
        _accounts[debtor].debts -= taken;
        if (_accounts[debtor].debts == 0) _accounts[debtor].indebtedSince = 0;
    }

    /// @dev Pays what was owed for services; what COMMONS is owed may be fees.
    function _pay(uint32 from, uint32 to, uint256 amount) private {
        _move(from, to, amount);
        if (to > 2) _supply(to, amount);
    }

    function _supply(uint32 to, uint256 amount) private {
        uint256 supplied = _accounts[to].supplied + amount;
        _accounts[to].supplied = supplied > type(uint56).max ? type(uint56).max : supplied;
    }

    function _move(uint32 from, uint32 to, uint256 amount) private {
        _accounts[from].position -= int256(amount);
        _accounts[to].position += int256(amount);
    }

    function _settled(uint32 member) private view returns (int256) {
        Account storage one = _accounts[member];
        return one.position < 0 ? one.cash + one.position : one.cash;
    }

    function _atLeastZero(int256 amount) private pure returns (uint256) {
        return amount < 0 ? 0 : uint256(amount);
    }
}
