// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";
import {PeriodId} from "../types/PeriodId.sol";

/// @notice Under which terms a work may be used. Numbers never change.
enum Licence {
    None,
    CC0,
    PublicDomainMark,
    BY,
    BY_SA,
    BY_NC,
    BY_ND,
    BY_NC_SA,
    BY_NC_ND,
    Reserved
}

/// @notice What a service does with a work, as copyright sees it.
enum Act {
    /// lends what was bought, or only describes it: needs nobody's permission
    Lend,
    /// makes copies
    Reproduce,
    /// passes copies on
    Distribute,
    /// makes something new of it
    Adapt
}

/// @title IResources
/// @notice Works, who holds the rights in them, and what a use costs.
interface IResources {
    /// @param urn the work's identifier in its standard form, such as urn:isbn:9783161484100
    event ResourceRegistered(
        uint32 indexed resource,
        MemberId indexed holder,
        bytes32 indexed id,
        string urn,
        Licence licence
    );
    event ResourceLicensed(uint32 indexed resource, Licence licence, PeriodId from);
    event ResourceTransferred(uint32 indexed resource, MemberId indexed holder);
    event UseGranted(
        uint32 indexed resource,
        uint16 indexed service,
        bool permitted,
        uint64 royalty,
        PeriodId from
    );
    event KindCommercial(uint8 indexed kind, bool commercial, PeriodId from);

    error ResourceUnknown(uint32 resource);
    error ResourceUrnInvalid(string urn);
    error ResourceTaken(bytes32 id, uint32 resource);
    error ResourceRightMissing(MemberId holder, address key);
    error ResourceLicenceInvalid();
    /// @dev Creative Commons licences waive royalties.
    error ResourceRoyaltyWaived(uint32 resource, Licence licence);
    /// @dev One change is remembered, so that months that can still be posted keep their terms. Resource zero: of a kind of
    /// members.
    error ResourceTooSoon(uint32 resource, PeriodId earliest);

    /// @notice Registers a work. A key of the holder with the rights to post and to countersign.
    /// @dev Whoever comes first holds it until the registrar says otherwise.
    function registerResource(
        MemberId holder,
        string calldata urn,
        Licence licence
    ) external returns (uint32 resource);

    /// @notice Changes the licence from the next month on; not again within four months. The holder.
    /// @dev To stricter terms too: whoever held a work wrongly may have given away what was not his.
    function license(uint32 resource, Licence licence) external;

    /// @notice Permits a service to use a reserved work, for a royalty per unit, or permits it no longer; from the next month
    /// on; not again within four months. The holder.
    /// @param royalty millionths of a credit; of no meaning where nothing is permitted
    function permit(uint32 resource, uint16 service, bool permitted, uint64 royalty) external;

    /// @notice Hands a work over to another member, which has the say at once; what is used is the new holder's from the next
    /// month on. Until that month begins it can be handed on; after, not within four months of it. The holder.
    function transfer(uint32 resource, MemberId holder) external;

    /// @notice Says who holds a work after all, as if it were handed over. Registrar only.
    /// @dev A squatter that hands the work on gains nothing: in the month in which it can, so can the registrar, after it too.
    function reassign(uint32 resource, MemberId holder) external;

    /// @notice Says whether members of a kind are in business, from the next month on. Registrar only.
    /// @dev Until that month begins it can be said again; after, not within four months of it.
    function setCommercial(uint8 kind, bool commercial) external;

    /// @notice Whether a work may be used so in a month that is open to posting, and what a unit earns its holder.
    /// @param kind of the member that uses it
    /// @return allowed false where the licence forbids it or the work is unknown; a holder's own use needs no asking
    /// @return holder whose uses are its own in that month and who earns the royalty; zero where the work is unknown
    /// @return royalty millionths of a credit per unit
    function useOf(
        uint32 resource,
        uint16 service,
        Act act,
        uint8 kind,
        PeriodId period
    ) external view returns (bool allowed, MemberId holder, uint64 royalty);

    /// @notice The licence of a work in a month that is open to posting; None before it was registered.
    function licenceIn(uint32 resource, PeriodId period) external view returns (Licence);

    /// @notice Who has the say about a work now.
    function holderOf(uint32 resource) external view returns (MemberId);

    /// @notice The number of a work; zero where it is not registered.
    function resourceOf(string calldata urn) external view returns (uint32);

    /// @notice Whether members of a kind are in business this month.
    function isCommercial(uint8 kind) external view returns (bool);
}
