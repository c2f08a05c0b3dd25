// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title CreditToken
/// @notice A consortium's own settlement asset: issued by its treasury against members' commitments, and burnt by
/// its holder when the bank has paid it out.
/// @dev Six decimals, so that one unit is one millionth of a credit.
contract CreditToken is ERC20, AccessManaged {
    constructor(
        address charter,
        string memory name,
        string memory symbol
    ) ERC20(name, symbol) AccessManaged(charter) {}

    /// @notice Issues credits. Treasurer only.
    function issue(address to, uint256 amount) external restricted {
        _mint(to, amount);
    }

    /// @notice Burns the caller's own credits.
    function redeem(uint256 amount) external {
        _burn(msg.sender, amount);
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
