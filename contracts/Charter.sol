// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title Charter
/// @notice Who may do what. Every other contract asks it; the hash of the charter's text stands beside the rights.
contract Charter is AccessManager {
    /// @dev How a role is held. A holder counts from its grant on, even where the grant takes effect later.
    /// @param holders how many accounts hold the role
    /// @param vacantSince when the last holder went; zero where there was none yet
    /// @param vacantSeconds how long nobody held it, up to the last time somebody took it up
    struct Tenure {
        uint32 holders;
        uint40 vacantSince;
        uint40 vacantSeconds;
    }

    uint256 private immutable _born;
    mapping(uint64 role => Tenure) private _tenures;

    /// @notice Hash of the charter text in force. Earlier texts are in the log.
    bytes32 public textHash;

    /// @param textHash keccak256 of the text's bytes
    event CharterTextPinned(bytes32 indexed textHash);

    /// @dev The text of a charter cannot be nothing.
    error CharterTextEmpty();

    /// @param bootstrapAdmin holds every right until it hands them over
    constructor(address bootstrapAdmin, bytes32 textHash_) AccessManager(bootstrapAdmin) {
        _born = block.timestamp;
        _pin(textHash_);
    }

    /// @notice Pins another text. Only the charter's own administrators.
    function pinText(bytes32 textHash_) external onlyAuthorized {
        _pin(textHash_);
    }

    /// @notice How many accounts hold a role.
    function holdersOf(uint64 role) external view returns (uint256) {
        return _tenures[role].holders;
    }

    /// @notice For how many seconds of this charter's life nobody held a role.
    function vacantSeconds(uint64 role) external view returns (uint256) {
        return _vacantSeconds(_tenures[role]);
    }

    function _grantRole(
        uint64 role,
        address account,
        uint32 grantDelay,
        uint32 executionDelay
    ) internal override returns (bool granted) {
        granted = super._grantRole(role, account, grantDelay, executionDelay);
        if (granted) {
            Tenure memory tenure = _tenures[role];
            // Written once, so that what a grant costs does not hang on the second it falls in.
            _tenures[role] = Tenure({
                holders: tenure.holders + 1,
                vacantSince: tenure.vacantSince,
                vacantSeconds: uint40(_vacantSeconds(tenure))
            });
        }
    }

    function _revokeRole(uint64 role, address account) internal override returns (bool revoked) {
        revoked = super._revokeRole(role, account);
        if (revoked) {
            Tenure storage tenure = _tenures[role];
            if (--tenure.holders == 0) tenure.vacantSince = uint40(block.timestamp);
        }
    }

    function _vacantSeconds(Tenure memory tenure) private view returns (uint256) {
        if (tenure.holders != 0) return tenure.vacantSeconds;
        uint256 since = tenure.vacantSince == 0 ? _born : tenure.vacantSince;
        // The administrator takes its role up before the charter knows its own age.
        return since == 0 ? 0 : tenure.vacantSeconds + block.timestamp - since;
    }

    function _pin(bytes32 textHash_) private {
        if (textHash_ == 0) revert CharterTextEmpty();
        textHash = textHash_;
        emit CharterTextPinned(textHash_);
    }
}
