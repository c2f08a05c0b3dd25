// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title IDelegates
/// @notice People who stand for election. A delegate is a number; the key behind it may change.
interface IDelegates {
    event DelegateEnrolled(uint32 indexed delegate, address indexed key);
    /// @dev `ballots` is the nonce that the delegate's ballots bear from now on.
    event DelegateKeyRotated(uint32 indexed delegate, address indexed key, uint32 ballots);
    event DelegateBallotsVoided(uint32 indexed delegate, uint32 ballots);

    error DelegateKeyZero();
    /// @dev The caller is not the delegate's key.
    error DelegateKeyWrong(uint32 delegate, address key);

    /// @notice Gives a person a number, behind which stands a key. Anyone; being a delegate gives no right by itself.
    /// @return delegate its number, from 1 on
    function enrol(address key) external returns (uint32 delegate);

    /// @notice Hands a delegate over to another key. What the old one signed and nobody posted yet is void. The
    /// delegate's key.
    function rotate(uint32 delegate, address newKey) external;

    /// @notice Makes void every ballot that the delegate signed and that was not posted yet. The delegate's key.
    function voidBallots(uint32 delegate) external;

    /// @notice Whether a key stands behind a delegate, and the nonce that its ballots must bear.
    function mayVote(uint32 delegate, address key) external view returns (bool may, uint32 nonce);

    /// @notice Which of some keys stand behind their delegates, and bear the right nonce: see `IKeyring`.
    function mayAllVote(uint256[] calldata signatories) external view returns (uint256 may);

    /// @notice The key of a delegate; zeros where there is no such delegate.
    /// @return key who speaks and signs for it
    /// @return since since when, in seconds since 1970
    /// @return ballots nonce that its ballots must bear
    function keyOf(uint32 delegate) external view returns (address key, uint40 since, uint32 ballots);

    /// @notice How many delegates there are.
    function lastDelegate() external view returns (uint32);
}
