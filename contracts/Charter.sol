// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {ISeats} from "./interfaces/ISeats.sol";

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

    /// @notice How long the Board stands vacant before the Council may act for it, in seconds.
    uint256 public constant DEVOLUTION_AFTER = 30 days;

    uint256 private immutable _born;
    mapping(uint64 role => Tenure) private _tenures;

    /// @notice To whom a role was granted last, even where it has given it back: the holder, of a role that one alone
    /// holds.
    mapping(uint64 role => address) public lastHolder;

    /// @notice Hash of the charter text in force. Earlier texts are in the log.
    bytes32 public textHash;

    /// @notice The Board's chamber; zero until it is bound.
    address public board;

    /// @notice The Council's chamber; zero until it is bound.
    address public council;

    /// @notice The seats of the Board.
    ISeats public boardSeats;

    /// @param textHash keccak256 of the text's bytes
    event CharterTextPinned(bytes32 indexed textHash);
    event CharterBoardBound(address indexed board, address indexed council, address boardSeats);

    /// @dev The text of a charter cannot be nothing.
    error CharterTextEmpty();
    /// @dev The charter knows its Board, for good.
    error CharterBound(address board);
    error CharterZeroAddress();

    /// @param bootstrapAdmin holds every right until it hands them over
    constructor(address bootstrapAdmin, bytes32 textHash_) AccessManager(bootstrapAdmin) {
        _born = block.timestamp;
        _pin(textHash_);
    }

    /// @notice Pins another text. Only the charter's own administrators.
    function pinText(bytes32 textHash_) external onlyAuthorized {
        _pin(textHash_);
    }

    /// @notice Says who stands in for whom, once. Only the charter's own administrators.
    /// @param board_ the Board's chamber
    /// @param council_ the Council's chamber, which acts for a Board that stands vacant
    /// @param boardSeats_ the seats of the Board
    function bindBoard(address board_, address council_, ISeats boardSeats_) external onlyAuthorized {
        if (board != address(0)) revert CharterBound(board);
        if (board_ == address(0) || council_ == address(0) || address(boardSeats_) == address(0)) {
            revert CharterZeroAddress();
        }
        board = board_;
        council = council_;
        boardSeats = boardSeats_;
        emit CharterBoardBound(board_, council_, address(boardSeats_));
    }

    /// @notice How many accounts hold a role.
    function holdersOf(uint64 role) external view returns (uint256) {
        return _tenures[role].holders;
    }

    /// @notice For how many seconds of this charter's life nobody held a role.
    function vacantSeconds(uint64 role) external view returns (uint256) {
        return _vacantSeconds(_tenures[role]);
    }

    /// @notice Whether the Council may act for the Board now.
    function devolved() public view returns (bool) {
        if (board == address(0)) return false;
        uint256 since = boardSeats.vacantSince();
        return since != 0 && block.timestamp >= since + DEVOLUTION_AFTER;
    }

    /// @notice How long a scheduled operation can be executed, in seconds.
    function expiration() public pure override returns (uint32) {
        return 14 days;
    }

    /// @notice Whether a caller may call a function, at once or after a delay.
    /// @dev While the Board's acts have fallen to the Council, its chamber may what the Board may, with the Board's
    /// delays. It is asked at every step: once a seat of the Board is taken, what the Council has proposed or scheduled
    /// in its place can neither be scheduled nor executed, and the Board decides anew.
    function canCall(
        address caller,
        address target,
        bytes4 selector
    ) public view override returns (bool immediate, uint32 delay) {
        (immediate, delay) = super.canCall(caller, target, selector);
        if (!immediate && delay == 0 && caller == council && devolved()) {
            return super.canCall(board, target, selector);
        }
    }

    function _grantRole(
        uint64 role,
        address account,
        uint32 grantDelay,
        uint32 executionDelay
    ) internal override returns (bool granted) {
        granted = super._grantRole(role, account, grantDelay, executionDelay);
        lastHolder[role] = account;
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
