// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A well-behaved asset of any decimals that anybody can mint.
contract PlainToken is ERC20 {
    uint8 private immutable _decimals;

    constructor(uint8 decimals_) ERC20("Plain", "PLAIN") {
        _decimals = decimals_;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }
}

/// @notice Keeps a share of what is transferred. The share can be changed, also while assets are held.
contract FeeOnTransferToken is PlainToken {
    uint256 public feeBips;

    constructor(uint8 decimals_, uint256 feeBips_) PlainToken(decimals_) {
        feeBips = feeBips_;
    }

    function setFee(uint256 feeBips_) external {
        feeBips = feeBips_;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        uint256 fee = (value * feeBips) / 10_000;
        if (from != address(0) && to != address(0) && fee != 0) super._update(to, address(0), fee);
    }
}

/// @notice Every balance is a share: `rebase` makes them all shrink or grow.
contract RebasingToken is PlainToken {
    uint256 private _numerator = 1;
    uint256 private _denominator = 1;

    constructor(uint8 decimals_) PlainToken(decimals_) {}

    function rebase(uint256 numerator, uint256 denominator) external {
        _numerator = numerator;
        _denominator = denominator;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * _numerator) / _denominator;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, (value * _denominator) / _numerator);
    }
}

/// @notice Says `false` instead of reverting and moves nothing, or moves and says `false` all the same.
contract FalseReturningToken is PlainToken {
    bool public moves;
    bool public answer;

    constructor(uint8 decimals_) PlainToken(decimals_) {}

    function behave(bool moves_, bool answer_) external {
        moves = moves_;
        answer = answer_;
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        if (moves) super.transfer(to, value);
        return answer;
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        if (moves) super.transferFrom(from, to, value);
        return answer;
    }
}

/// @notice Moves faithfully and returns nothing at all, like the first stablecoins.
contract SilentToken {
    uint8 public immutable decimals;
    mapping(address holder => uint256) public balanceOf;
    mapping(address holder => mapping(address spender => uint256)) public allowance;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice Its issuer can halt all transfers, or those from and to a blocked holder.
contract PausingToken is PlainToken {
    bool public paused;
    mapping(address holder => bool) public blocked;

    error PausingTokenHalted(address from, address to);

    constructor(uint8 decimals_) PlainToken(decimals_) {}

    function pause(bool paused_) external {
        paused = paused_;
    }

    function setBlocked(address holder, bool blocked_) external {
        blocked[holder] = blocked_;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (paused || blocked[from] || blocked[to]) revert PausingTokenHalted(from, to);
        super._update(from, to, value);
    }
}

/// @notice What a holder of a HookedToken may implement.
interface ITokenHooks {
    function tokensToSend(address from, address to, uint256 amount) external;

    function tokensReceived(address from, address to, uint256 amount) external;
}

/// @notice Like ERC-777: tells sender and receiver, before and after the move, if they registered hooks.
contract HookedToken is PlainToken {
    mapping(address holder => ITokenHooks) public hooksOf;

    constructor(uint8 decimals_) PlainToken(decimals_) {}

    /// @dev Anyone may register anything for anyone: this is a test.
    function setHooks(address holder, ITokenHooks hooks) external {
        hooksOf[holder] = hooks;
    }

    function _update(address from, address to, uint256 value) internal override {
        ITokenHooks sender = hooksOf[from];
        ITokenHooks receiver = hooksOf[to];
        if (address(sender) != address(0)) sender.tokensToSend(from, to, value);
        super._update(from, to, value);
        if (address(receiver) != address(0)) receiver.tokensReceived(from, to, value);
    }
}

/// @notice A party that can hold keys and assets, and re-enters whatever it was armed with from its hooks.
contract ReentrantParty is ITokenHooks {
    struct Attempt {
        address target;
        bytes data;
        bool bubble;
    }

    Attempt public onSend;
    Attempt public onReceive;

    /// @notice How often a hook called its target, how often that worked, and what came back last.
    uint256 public attempts;
    uint256 public successes;
    bytes public lastAnswer;

    error ReentrantPartyFailed(bytes answer);

    /// @param sending whether to act before sending or after receiving
    /// @param bubble whether a failed attempt reverts the transfer
    function arm(bool sending, address target, bytes calldata data, bool bubble) external {
        if (sending) onSend = Attempt(target, data, bubble);
        else onReceive = Attempt(target, data, bubble);
    }

    /// @notice Lets anybody act in this party's name.
    function execute(address target, bytes calldata data) external returns (bytes memory answer) {
        bool done;
        (done, answer) = target.call(data);
        if (!done) revert ReentrantPartyFailed(answer);
    }

    function tokensToSend(address, address, uint256) external {
        _attempt(onSend);
    }

    function tokensReceived(address, address, uint256) external {
        _attempt(onReceive);
    }

    function _attempt(Attempt memory attempt) private {
        if (attempt.target == address(0)) return;
        ++attempts;
        (bool done, bytes memory answer) = attempt.target.call(attempt.data);
        lastAnswer = answer;
        if (done) ++successes;
        else if (attempt.bubble) revert ReentrantPartyFailed(answer);
    }
}
