// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {MemberId} from "./types/MemberId.sol";

/// @notice Credits that were burnt and that the bank has not paid out yet; zeros once it has.
/// @param holder who burnt them
/// @param instruction hash of where the bank is to pay
struct Redemption {
    address holder;
    uint256 amount;
    bytes32 instruction;
}

/// @title CreditToken
/// @notice A consortium's own settlement asset: issued by its treasury against what members committed or paid, and burnt by
/// its holder for the bank to pay out.
/// @dev One rule: totalSupply ≤ committed + received. What is burnt and not yet paid out counts as if it were still there, so
/// nothing can be issued against money that somebody waits for. Six decimals: one unit is one millionth of a credit.
contract CreditToken is ERC20, AccessManaged {
    /// @notice What members have promised to pay and not paid yet.
    uint256 public committed;

    /// @notice What the bank holds: paid in, less paid out.
    uint256 public received;

    /// @notice What was burnt and not paid out yet.
    uint256 public redeeming;

    /// @notice What a member has promised to pay and not paid yet.
    mapping(MemberId member => uint256) public commitmentOf;

    mapping(uint32 number => Redemption) private _redemptions;
    mapping(bytes32 payment => bool) private _confirmed;
    uint32 private _lastRedemption;

    /// @param document hash of what the member signed
    event CreditCommitted(MemberId indexed member, uint256 amount, bytes32 document);
    /// @notice A member need no longer pay what it had promised.
    event CommitmentReleased(MemberId indexed member, uint256 amount);
    /// @param payment the bank's reference, or its hash
    event PaymentConfirmed(MemberId indexed member, uint256 amount, bytes32 indexed payment);
    event RedemptionOpened(
        uint32 indexed redemption,
        address indexed holder,
        uint256 amount,
        bytes32 instruction
    );
    event RedemptionConfirmed(uint32 indexed redemption, uint256 amount, bytes32 indexed payment);

    /// @dev More credits would be owed than stand behind them.
    error CreditUnbacked(uint256 owed, uint256 backing);
    error CreditAmountZero();
    error CreditCommitmentExceeded(MemberId member, uint256 amount, uint256 commitment);
    /// @dev A payment has a reference, and is confirmed once.
    error CreditPaymentInvalid(bytes32 payment);
    error CreditRedemptionUnknown(uint32 redemption);
    /// @dev The bank cannot have paid out what it has not received.
    error CreditNotReceived(uint256 amount, uint256 received);

    constructor(
        address charter,
        string memory name,
        string memory symbol
    ) ERC20(name, symbol) AccessManaged(charter) {}

    /// @notice Notes what a member promised to pay. Treasurer only.
    function commit(MemberId member, uint256 amount, bytes32 document) external restricted {
        commitmentOf[member] += amount;
        committed += amount;

        emit CreditCommitted(member, amount, document);
    }

    /// @notice Lets a member off what it promised, as far as no credit hangs on it. Treasurer only.
    function release(MemberId member, uint256 amount) external restricted {
        uint256 commitment = commitmentOf[member];
        if (amount > commitment) revert CreditCommitmentExceeded(member, amount, commitment);

        commitmentOf[member] = commitment - amount;
        committed -= amount;
        _requireBacked();

        emit CommitmentReleased(member, amount);
    }

    /// @notice Notes what a member paid to the bank, which lowers what it still has to. Treasurer only.
    /// @dev What is paid beyond a commitment backs credits as well.
    function confirmPayment(MemberId member, uint256 amount, bytes32 payment) external restricted {
        _spend(payment);
        uint256 commitment = commitmentOf[member];
        uint256 kept = amount < commitment ? amount : commitment;
        commitmentOf[member] = commitment - kept;
        committed -= kept;
        received += amount;

        emit PaymentConfirmed(member, amount, payment);
    }

    /// @notice Issues credits. Treasurer only.
    function issue(address to, uint256 amount) external restricted {
        _mint(to, amount);
        _requireBacked();
    }

    /// @notice Burns the caller's own credits for the bank to pay out.
    /// @param instruction hash of where it is to pay
    /// @return redemption its number
    function redeem(uint256 amount, bytes32 instruction) external returns (uint32 redemption) {
        if (amount == 0) revert CreditAmountZero();
        _burn(msg.sender, amount);
        redemption = ++_lastRedemption;
        _redemptions[redemption] = Redemption(msg.sender, amount, instruction);
        redeeming += amount;

        emit RedemptionOpened(redemption, msg.sender, amount, instruction);
    }

    /// @notice Notes that the bank paid a redemption out, whole. Treasurer only.
    function confirmRedemption(uint32 redemption, bytes32 payment) external restricted {
        uint256 amount = _redemptions[redemption].amount;
        if (amount == 0) revert CreditRedemptionUnknown(redemption);
        if (amount > received) revert CreditNotReceived(amount, received);
        _spend(payment);
        delete _redemptions[redemption];
        redeeming -= amount;
        received -= amount;

        emit RedemptionConfirmed(redemption, amount, payment);
    }

    /// @notice A redemption that waits for the bank.
    function redemptionOf(uint32 redemption) external view returns (Redemption memory) {
        return _redemptions[redemption];
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function _spend(bytes32 payment) private {
        if (payment == 0 || _confirmed[payment]) revert CreditPaymentInvalid(payment);
        _confirmed[payment] = true;
    }

    function _requireBacked() private view {
        uint256 owed = totalSupply() + redeeming;
        uint256 backing = committed + received;
        if (owed > backing) revert CreditUnbacked(owed, backing);
    }
}
