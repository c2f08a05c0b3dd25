// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";
import {Fault} from "../types/Statement.sol";
import {IFeeSchedule} from "./IFeeSchedule.sol";
import {IReliefs} from "./IReliefs.sol";
import {IResources} from "./IResources.sol";

/// @notice Who asks for what.
/// @param lineSize 6 or 10 bytes a line
/// @param tier the consumer's in the month of service
/// @param supplierTier the supplier's
/// @param choosy whether the register must be asked about choices and agreements of the two
/// @param countersigned false for a claim: it is never relieved and bears no royalty
/// @param reliefRoom what RELIEF can still pay
struct Order {
    MemberId supplier;
    MemberId consumer;
    PeriodId period;
    uint8 tier;
    uint8 supplierTier;
    bool choosy;
    bool countersigned;
    uint8 lineSize;
    uint64 maximum;
    uint256 reliefRoom;
}

/// @title IPricing
/// @notice What statements cost that the schedule's plain prices do not tell: agreements, choices, bounds of a price, relief,
/// grants, licences and royalties; and who attests what is done for the common good.
/// @dev A desk of the ledger, which asks for a quote, checks signature and room, and only then has it settled.
interface IPricing is IReliefs {
    /// @notice A posted statement was relieved or bore royalties.
    /// @param granted the part of the relief that came out of grants
    event LegsSettled(
        MemberId indexed supplier,
        uint32 indexed number,
        MemberId indexed consumer,
        uint256 granted,
        uint256[] legs
    );
    /// @notice A key of COMMONS may attest contributions of a service from now on, or may no longer.
    event AttestorAccredited(address indexed key, uint16 indexed service, bool accredited);

    /// @dev Only the ledger settles.
    error PricingLedgerOnly(address caller);

    /// @notice The price of a unit, and whether it is all there is to it.
    /// @return offered whether the schedule prices the service
    /// @return price millionths of a credit to the supplier
    /// @return fee millionths of a credit to COMMONS
    /// @return plain false where a quote must be asked for: the price has bounds, somebody of this tier is relieved, or the
    /// service is not offered
    function priceOf(
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) external view returns (bool offered, uint64 price, uint64 fee, bool plain);

    /// @notice The price of a unit between two members, agreements considered.
    function unitPrice(
        MemberId supplier,
        MemberId consumer,
        PeriodId period,
        uint16 service,
        uint8 tier,
        uint8 supplierTier
    ) external view returns (bool offered, uint64 price, uint64 fee);

    /// @notice What a statement comes to, in millionths of a credit.
    /// @param lines as packed in the statement: service 2, quantity 4, and resource 4 where `lineSize` is 10
    /// @return fault why it cannot be posted
    /// @return gross what the supplier is due; on a fault its first figure
    /// @return fee what COMMONS is due; on a fault its second figure
    /// @return relief the part of the gross that others pay for the consumer
    /// @return royalties what rights holders are due
    /// @return legs one for each relief and each rights holder, see `Legs`
    function quote(
        Order calldata order,
        bytes calldata lines
    )
        external
        view
        returns (
            Fault fault,
            uint256 gross,
            uint256 fee,
            uint256 relief,
            uint256 royalties,
            uint256[] memory legs
        );

    /// @notice Notes what was quoted as paid. The ledger, once a statement is posted.
    /// @return granted the part of the relief that comes out of grants
    function settle(
        MemberId supplier,
        MemberId consumer,
        uint32 number,
        PeriodId period,
        uint256[] calldata legs
    ) external returns (uint256 granted);

    /// @notice The first service among the lines for which a key of COMMONS is not accredited; zero where it is for all.
    function unaccredited(
        address key,
        bytes calldata lines,
        uint8 lineSize
    ) external view returns (uint16 service);

    /// @notice Lets a key attest contributions of a service, or no longer. Registrar only.
    /// @dev The key countersigns for COMMONS, so it also needs that right among the keys of COMMONS.
    function accredit(address key, uint16 service, bool accredited) external;

    function isAccredited(address key, uint16 service) external view returns (bool);

    /// @notice What services cost.
    function SCHEDULE() external view returns (IFeeSchedule);

    /// @notice Who holds the rights in what.
    function RESOURCES() external view returns (IResources);
}
