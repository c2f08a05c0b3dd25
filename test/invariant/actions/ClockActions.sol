// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {periodOf} from "../../../contracts/types/PeriodId.sol";
import {vm} from "../../support/Vm.sol";
import {World} from "../World.sol";

/// @title ClockActions
/// @notice Time passes, months are closed, accounts are touched.
abstract contract ClockActions is World {
    function wait(uint256 seed) external acting {
        _wait(bound(seed >> 8, 1, seed % 2 == 0 ? 3 days : 9 days));
        if (seed % 4 != 0) _closeAll();
        _settle("wait", true, true);
    }

    /// @notice To one second before, at or after the end of this month.
    function waitForEdge(uint256 seed) external acting {
        uint256 end = periodOf(block.timestamp).end() + (seed % 3) - 1;
        if (end > block.timestamp) _wait(end - block.timestamp);
        if (mix(seed, 1) % 4 != 0) _closeAll();
        _settle("waitForEdge", true, true);
    }

    /// @notice Across a month or, now and then, many of them; mostly a keeper closes what is over.
    function sleep(uint256 seed) external acting {
        _wait(bound(seed >> 8, 10 days, seed % 16 == 0 ? 200 days : 45 days));
        if (seed % 8 != 0) _closeAll();
        _settle("sleep", true, true);
    }

    function close(uint256) external acting {
        _close();
    }

    /// @notice Closes everything overdue, as a keeper would.
    function closeAll() external acting {
        _closeAll();
    }

    function touch(uint256 seed) external acting {
        uint32 member = uint32(bound(seed, 1, LAST + 1));
        bytes32 before = _balances();
        bool done;
        vm.prank(STRANGER);
        try ledger.touch(_id(member)) {
            done = true;
        } catch {
            done = false;
        }
        _expect(_balances() == before, "touch moved a balance");
        _settle("touch", done, _people[member].known);
    }
}
