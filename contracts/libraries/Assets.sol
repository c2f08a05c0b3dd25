// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ILedger} from "../interfaces/ILedger.sol";
import {MemberId} from "../types/MemberId.sol";

/// @title Assets
/// @notice How a desk pays what its caller brings into the ledger. It keeps nothing itself.
/// @dev Amounts are millionths of a credit; the ledger has seen to it that its asset has 6 decimals or more.
library Assets {
    using SafeERC20 for IERC20Metadata;

    error AssetsNotExact(uint256 expected, uint256 moved);

    /// @notice Units of an asset that make a millionth of a credit.
    function scale(IERC20Metadata asset) internal view returns (uint256) {
        return 10 ** (asset.decimals() - 6);
    }

    /// @notice Takes assets of the caller, and of nobody else, into the desk; exactly what was asked for, or nothing.
    /// @return units of the asset that came
    function pull(IERC20Metadata asset, uint64 amount) internal returns (uint256 units) {
        units = amount * scale(asset);
        uint256 held = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), units);
        uint256 moved = asset.balanceOf(address(this)) - held;
        if (moved != units) revert AssetsNotExact(units, moved);
    }

    /// @notice Pays assets of the caller into an account.
    function deposit(ILedger ledger, MemberId member, uint64 amount) internal {
        IERC20Metadata asset = ledger.ASSET();
        uint256 units = pull(asset, amount);
        asset.forceApprove(address(ledger), units);
        ledger.deposit(member, amount);
    }
}
