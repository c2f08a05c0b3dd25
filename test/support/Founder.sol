// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {IRegister} from "../../contracts/interfaces/IRegister.sol";
import {MemberId} from "../../contracts/types/MemberId.sol";
import {Rights} from "../../contracts/types/Rights.sol";

/// @notice Founds many members in one transaction, by the same calls that each would make by itself.
/// @dev Holds the registrar's role and the assets to deposit.
contract Founder {
    function found(
        IRegister register,
        ILedger ledger,
        IERC20 asset,
        address key,
        uint256 count,
        uint64 amount
    ) external {
        asset.approve(address(ledger), count * amount);
        for (uint256 i = 0; i < count; ++i) {
            uint256 number = MemberId.unwrap(register.lastMember()) + 1;
            bytes16 isil = bytes16(bytes(string.concat("XA-M", Strings.toString(number))));
            MemberId member = register.applyFor(isil, 1, 1, 1, 1, key);
            register.setKey(member, key, Rights.ALL);
            register.admit(member);
            ledger.deposit(member, amount);
        }
    }
}
