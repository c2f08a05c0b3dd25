// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IElectorate} from "./IElectorate.sol";

/// @notice A seat.
/// @param delegate who holds it; zero while it is vacant
/// @param since from when, in seconds since 1970
/// @param until when it falls due; its holder stays until an election has ended
/// @param founding whether its holder was put there at the foundation; it then ends by itself
struct Seat {
    uint32 delegate;
    uint40 since;
    uint40 until;
    bool founding;
}

/// @notice A founder's seat.
/// @param key the founder's own
struct FounderSeat {
    uint16 constituency;
    uint8 seat;
    address key;
}

/// @title ISeats
/// @notice The seats of a body. A seat is a vote (ERC-5805), remembered by the second, and nobody holds two.
/// @dev Founders' votes count until `FOUNDERS_UNTIL` and end without anybody's doing; their seats fall due before.
interface ISeats is IElectorate {
    event ElectionsBound(address indexed elections);
    event SeatTaken(
        uint16 indexed constituency,
        uint8 indexed seat,
        uint32 indexed delegate,
        uint40 until,
        bool founding
    );
    event SeatVacated(uint16 indexed constituency, uint8 indexed seat, uint32 indexed delegate);
    event TermEnded(uint16 indexed constituency, uint8 indexed seat, uint32 indexed delegate);

    error SeatsBound(address elections);
    error SeatsNotElections(address caller);
    error SeatsTermInvalid();
    /// @dev Two founders cannot hold one seat.
    error SeatsHeld(uint16 constituency, uint8 seat);
    error SeatsNotHolder(uint16 constituency, uint8 seat, address key);

    /// @notice Gives a seat up. Its holder's key.
    function resign(uint16 constituency, uint8 seat) external;

    /// @notice Seats a delegate that sits nowhere on a vacant seat. The elections only.
    function sit(uint16 constituency, uint8 seat, uint32 delegate, uint40 until) external;

    /// @notice Empties a seat; a vacant one stays as it is. The elections only.
    function vacate(uint16 constituency, uint8 seat) external;

    /// @notice Has a seat fall due now; its holder stays until an election has ended. The elections only.
    function endTerm(uint16 constituency, uint8 seat) external;

    /// @notice Names the elections that fill these seats, once. The charter's administrators.
    function bindElections(address elections) external;

    /// @notice A seat as it is now; a founder's that has ended is vacant.
    function seatOf(uint16 constituency, uint8 seat) external view returns (Seat memory);

    /// @notice Where a delegate sits.
    function placeOf(uint32 delegate) external view returns (bool sits, uint16 constituency, uint8 seat);

    /// @notice From when no seat was held; zero while one is.
    function vacantSince() external view returns (uint48);
}
