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

    uint32 public immutable last;
    uint256 public backing;
    mapping(uint32 member => Account) private _accounts;
    mapping(uint32 sponsor => mapping(uint32 member => uint256)) public advanceOf;
    mapping(uint32 debtor => mapping(uint32 creditor => uint256)) public debtOf;

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

    function giveBack(uint32 sponsor, uint32 member, uint256 amount) external {
        if (amount == 0 || amount > advanceOf[sponsor][member]) revert EagerBookRefuses();
        if (amount > _atLeastZero(_settled(member) - int256(_accounts[member].debts)))
            revert EagerBookRefuses();
        advanceOf[sponsor][member] -= amount;
        _accounts[member].advances -= amount;
        _accounts[member].cash -= int256(amount);
        _accounts[sponsor].cash += int256(amount);
    }

    /// @notice Debits the consumer gross and fee; with `acknowledge` what finds no room becomes debts.
    function post(uint32 supplier, uint32 consumer, uint256 gross, uint256 fee, bool acknowledge) external {
        uint256 space = room(consumer);
        uint256 owed = gross + fee > space ? gross + fee - space : 0;
        if (owed != 0 && !acknowledge) revert EagerBookRefuses();
        uint256 feeOwed = owed < fee ? owed : fee;
        _owe(consumer, supplier, owed - feeOwed);
        _owe(consumer, 1, feeOwed);
        _pay(consumer, supplier, gross - (owed - feeOwed));
        _pay(consumer, 1, fee - feeOwed);
    }

    function payDebt(uint32 debtor, uint32 creditor) external returns (uint256 paid) {
        uint256 owed = debtOf[debtor][creditor];
        uint256 holds = uint256(_accounts[debtor].position + _accounts[debtor].cash);
        paid = owed < holds ? owed : holds;
        if (paid == 0) revert EagerBookRefuses();
        debtOf[debtor][creditor] -= paid;
        _accounts[debtor].debts -= paid;
        if (_accounts[debtor].debts == 0) _accounts[debtor].indebtedSince = 0;
        _pay(debtor, creditor, paid);
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

    function _owe(uint32 debtor, uint32 creditor, uint256 amount) private {
        if (amount == 0) return;
        if (_accounts[debtor].debts == 0) _accounts[debtor].indebtedSince = block.timestamp;
        debtOf[debtor][creditor] += amount;
        _accounts[debtor].debts += amount;
    }

    function _pay(uint32 from, uint32 to, uint256 amount) private {
        _accounts[from].position -= int256(amount);
        _accounts[to].position += int256(amount);
        if (to <= 2) return;
        uint256 supplied = _accounts[to].supplied + amount;
        _accounts[to].supplied = supplied > type(uint56).max ? type(uint56).max : supplied;
    }

    function _settled(uint32 member) private view returns (int256) {
        Account storage one = _accounts[member];
        return one.position < 0 ? one.cash + one.position : one.cash;
    }

    function _atLeastZero(int256 amount) private pure returns (uint256) {
        return amount < 0 ? 0 : uint256(amount);
    }
}
