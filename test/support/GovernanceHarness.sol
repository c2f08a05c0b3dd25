// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Approvals} from "../../contracts/libraries/Approvals.sol";
import {Voters} from "../../contracts/libraries/Voters.sol";

/// @notice Opens the pure rules of votes to the parity tests.
contract GovernanceHarness {
    using Approvals for mapping(uint256 word => uint256);

    mapping(uint256 word => uint256) private _totals;

    function accounts(uint32 number) external pure returns (address member, address person) {
        return (Voters.member(number), Voters.person(number));
    }

    function numberOf(address account) external pure returns (uint32) {
        return Voters.numberOf(account);
    }

    /// @notice The ranking of candidates with these approvals, in the order of nomination.
    function ranking(uint16[] calldata approvals) external returns (uint16[] memory) {
        for (uint256 i = 0; i < (approvals.length + 15) / 16; ++i) _totals[i] = 0;
        for (uint256 i = 0; i < approvals.length; ++i) {
            _totals[i / 16] |= uint256(approvals[i]) << (16 * (i % 16));
        }
        return _totals.ranking(approvals.length);
    }
}
