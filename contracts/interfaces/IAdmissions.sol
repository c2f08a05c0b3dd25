// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MemberId} from "../types/MemberId.sol";

/// @notice Where an application for membership stands.
enum ApplicationStage {
    /// it needs sponsors
    Unsponsored,
    /// it has its two sponsors and waits; the board admits it once the wait is over
    Waiting,
    /// the board said no
    Rejected,
    /// the applicant turned to the authority
    Appealed,
    /// it was let in
    Admitted
}

/// @notice An applicant's word.
/// @param first who sponsored it first; zero where nobody did
/// @param second who sponsored it second
/// @param readyAt from when it can be admitted, in seconds since 1970; zero without both sponsors
/// @param stage where it stands
struct Application {
    MemberId first;
    MemberId second;
    uint40 readyAt;
    ApplicationStage stage;
}

/// @notice What the charter fixes for the life of these rules.
/// @param waiting seconds between the second sponsor's word and admission
/// @param decision seconds after that wait within which the board should have decided; then the applicant may appeal
/// @param seniority months that a member must have been in before it sponsors
/// @param perYear how many applications one member can sponsor in a calendar year
/// @param smallTier the lowest number of the tiers of small libraries, which alone the authority can admit
struct AdmissionTerms {
    uint32 waiting;
    uint32 decision;
    uint8 seniority;
    uint8 perYear;
    uint8 smallTier;
}

/// @title IAdmissions
/// @notice Who may become a member: two members of some standing sponsor an application, it waits, the board decides; a
/// small library may appeal to the public authority, which admits few a year.
/// @dev The only holder of the right to enter members in the register once the consortium is handed over.
interface IAdmissions {
    /// @param readyAt from when the applicant can be admitted; zero while it lacks the second sponsor
    event ApplicationSponsored(MemberId indexed applicant, MemberId indexed sponsor, uint256 readyAt);
    event ApplicationAccepted(MemberId indexed applicant);
    event ApplicationRejected(MemberId indexed applicant);
    event ApplicationAppealed(MemberId indexed applicant);
    /// @param used how many the authority admitted this year, this one included
    /// @param allowance how many it may
    event ApplicationAcceptedOnAppeal(MemberId indexed applicant, uint256 used, uint256 allowance);

    error AdmissionTermsInvalid();
    error AdmissionRightMissing(MemberId member, address key, uint8 right);
    /// @dev Nobody with this number is applying.
    error AdmissionNotApplying(MemberId applicant);
    error AdmissionStageWrong(MemberId applicant, ApplicationStage stage);
    error AdmissionTooEarly(MemberId applicant, uint256 readyAt);
    /// @dev A sponsor is an institution that is admitted, not suspended, and was so for some months.
    error AdmissionSponsorUnfit(MemberId sponsor);
    /// @dev The two sponsors are two members.
    error AdmissionSponsorTwice(MemberId applicant, MemberId sponsor);
    error AdmissionSponsorBusy(MemberId sponsor, uint256 limit);
    /// @dev The authority admits small libraries only.
    error AdmissionTierLarge(MemberId applicant, uint8 tier, uint8 smallTier);
    error AdmissionAllowanceSpent(uint256 year, uint256 allowance);

    /// @notice Speaks for an applicant. A key of the sponsor with the right to vote.
    function sponsor(MemberId applicant, MemberId sponsorMember) external;

    /// @notice Lets an applicant in whose wait is over, even one it turned down before. Registrar only.
    function admit(MemberId applicant) external;

    /// @notice Turns an applicant with both sponsors down. It may appeal, or apply anew. Registrar only.
    function reject(MemberId applicant) external;

    /// @notice Turns as a small library to the authority after a rejection, or where no decision came in time. A key of the applicant with
    /// the right to vote.
    function appeal(MemberId applicant) external;

    /// @notice Lets in who appealed, not before its wait is over. Authority only; at most 2 % of the members in a calendar year,
    /// counted at the year's first use and rounded up.
    function admitOnAppeal(MemberId applicant) external;

    function applicationOf(MemberId applicant) external view returns (Application memory);

    /// @notice What the authority may still do this calendar year.
    /// @return used how many it admitted
    /// @return allowance how many it may; as of now where it admitted none yet
    function authorityAllowance() external view returns (uint256 used, uint256 allowance);

    /// @notice How many applications a member sponsored this calendar year.
    function sponsored(MemberId member) external view returns (uint256);

    function terms() external view returns (AdmissionTerms memory);
}
