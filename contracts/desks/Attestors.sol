// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IPricing} from "../interfaces/IPricing.sol";
import {Lines} from "../libraries/Lines.sol";
import {Desk} from "./Desk.sol";

/// @title Attestors
/// @notice Which keys of COMMONS may attest what is done for the common good, service by service.
abstract contract Attestors is IPricing, Desk {
    /// @dev 256 services a word.
    mapping(address key => mapping(uint256 word => uint256 bitmap)) private _accredited;

    /// @inheritdoc IPricing
    function accredit(address key, uint16 service, bool accredited) external restricted {
        uint256 bit = 1 << (service & 0xff);
        if (accredited) _accredited[key][service >> 8] |= bit;
        else _accredited[key][service >> 8] &= ~bit;

        emit AttestorAccredited(key, service, accredited);
    }

    /// @inheritdoc IPricing
    function isAccredited(address key, uint16 service) public view returns (bool) {
        return (_accredited[key][service >> 8] >> (service & 0xff)) & 1 == 1;
    }

    /// @inheritdoc IPricing
    function unaccredited(
        address key,
        bytes calldata lines,
        uint8 lineSize
    ) external view returns (uint16 service) {
        uint256 count = Lines.count(lines, lineSize);
        for (uint256 i = 0; i < count; ++i) {
            (service, , ) = Lines.line(lines, lineSize, i);
            if (!isAccredited(key, service)) return service;
        }
        return 0;
    }
}
