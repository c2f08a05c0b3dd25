// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {AdmissionTerms, Application, ApplicationStage, IAdmissions} from "../interfaces/IAdmissions.sol";
import {IRegister, Membership, Standing} from "../interfaces/IRegister.sol";
import {FIRST_MEMBER, MemberId} from "../types/MemberId.sol";
import {PeriodId, periodOf} from "../types/PeriodId.sol";
import {Rights} from "../types/Rights.sol";

/// @title Admissions
/// @notice See IAdmissions.
contract Admissions is IAdmissions, AccessManaged {
    /// @notice What part of the members the authority may admit in a calendar year, in ten-thousandths, rounded up.
    uint256 public constant AUTHORITY_BPS = 200;

    uint256 private constant WHOLE = 10_000;

    /// @notice Institutions and their keys.
    IRegister public immutable REGISTER;

    uint32 private immutable _waiting;
    uint32 private immutable _decision;
    uint8 private immutable _seniority;
    uint8 private immutable _perYear;
    uint8 private immutable _smallTier;

    /// @dev A count that begins anew with each calendar year.
    /// @param year the year that the rest belongs to
    /// @param used how many so far
    /// @param allowance how many may be
    struct Yearly {
        uint16 year;
        uint32 used;
        uint32 allowance;
    }

    Yearly private _authority;
    mapping(MemberId sponsor => Yearly) private _sponsored;
    mapping(MemberId applicant => Application) private _applications;

    constructor(address charter, IRegister register, AdmissionTerms memory terms_) AccessManaged(charter) {
        if (terms_.waiting == 0 || terms_.decision == 0 || terms_.perYear == 0)
            revert AdmissionTermsInvalid();
        REGISTER = register;
        _waiting = terms_.waiting;
        _decision = terms_.decision;
        _seniority = terms_.seniority;
        _perYear = terms_.perYear;
        _smallTier = terms_.smallTier;
    }

    /// @inheritdoc IAdmissions
    function sponsor(MemberId applicant, MemberId sponsorMember) external {
        _requireRight(sponsorMember, Rights.VOTE);
        _requireFit(sponsorMember);
        Application storage application = _in(applicant, ApplicationStage.Unsponsored);
        bool second = MemberId.unwrap(application.first) != 0;
        if (application.first == sponsorMember) revert AdmissionSponsorTwice(applicant, sponsorMember);

        _count(sponsorMember);
        if (second) {
            application.second = sponsorMember;
            application.readyAt = uint40(block.timestamp) + _waiting;
            application.stage = ApplicationStage.Waiting;
        } else {
            application.first = sponsorMember;
        }

        emit ApplicationSponsored(applicant, sponsorMember, application.readyAt);
    }

    /// @inheritdoc IAdmissions
    function admit(MemberId applicant) external restricted {
        Application storage application = _applying(applicant);
        if (application.stage == ApplicationStage.Unsponsored) {
            revert AdmissionStageWrong(applicant, ApplicationStage.Unsponsored);
        }
        if (block.timestamp < application.readyAt) {
            revert AdmissionTooEarly(applicant, application.readyAt);
        }

        application.stage = ApplicationStage.Admitted;

        emit ApplicationAccepted(applicant);

        REGISTER.admit(applicant);
    }

    /// @inheritdoc IAdmissions
    function reject(MemberId applicant) external restricted {
        Application storage application = _in(applicant, ApplicationStage.Waiting);
        application.stage = ApplicationStage.Rejected;
        emit ApplicationRejected(applicant);
    }

    /// @inheritdoc IAdmissions
    function appeal(MemberId applicant) external {
        _requireRight(applicant, Rights.VOTE);
        Application storage application = _applying(applicant);
        if (application.stage != ApplicationStage.Rejected) {
            _in(applicant, ApplicationStage.Waiting);
            uint256 readyAt = uint256(application.readyAt) + _decision;
            if (block.timestamp < readyAt) revert AdmissionTooEarly(applicant, readyAt);
        }
        // A tier cannot change before admission.
        uint8 tier = REGISTER.membership(applicant).tier;
        if (tier < _smallTier) revert AdmissionTierLarge(applicant, tier, _smallTier);

        application.stage = ApplicationStage.Appealed;

        emit ApplicationAppealed(applicant);
    }

    /// @inheritdoc IAdmissions
    function admitOnAppeal(MemberId applicant) external restricted {
        Application storage application = _in(applicant, ApplicationStage.Appealed);
        if (block.timestamp < application.readyAt) {
            revert AdmissionTooEarly(applicant, application.readyAt);
        }
        Yearly memory yearly = _allowance();
        if (yearly.used == yearly.allowance) revert AdmissionAllowanceSpent(yearly.year, yearly.allowance);

        ++yearly.used;
        _authority = yearly;
        application.stage = ApplicationStage.Admitted;

        emit ApplicationAcceptedOnAppeal(applicant, yearly.used, yearly.allowance);

        REGISTER.admit(applicant);
    }

    /// @inheritdoc IAdmissions
    function applicationOf(MemberId applicant) external view returns (Application memory) {
        return _applications[applicant];
    }

    /// @inheritdoc IAdmissions
    function authorityAllowance() external view returns (uint256 used, uint256 allowance) {
        Yearly memory yearly = _allowance();
        return (yearly.used, yearly.allowance);
    }

    /// @inheritdoc IAdmissions
    function sponsored(MemberId member) external view returns (uint256) {
        return _thisYear(_sponsored[member]).used;
    }

    /// @inheritdoc IAdmissions
    function terms() external view returns (AdmissionTerms memory) {
        return AdmissionTerms(_waiting, _decision, _seniority, _perYear, _smallTier);
    }

    /// @dev One more application this year, within bounds: a member cannot found a crowd.
    function _count(MemberId member) private {
        Yearly memory yearly = _thisYear(_sponsored[member]);
        if (yearly.used == _perYear) revert AdmissionSponsorBusy(member, _perYear);
        ++yearly.used;
        _sponsored[member] = yearly;
    }

    /// @dev The authority's year, its allowance fixed by the members at its first use.
    function _allowance() private view returns (Yearly memory yearly) {
        yearly = _thisYear(_authority);
        if (yearly.used == 0) {
            yearly.allowance = uint32((REGISTER.members() * AUTHORITY_BPS + WHOLE - 1) / WHOLE);
        }
    }

    function _thisYear(Yearly memory yearly) private view returns (Yearly memory) {
        uint16 year = PeriodId.unwrap(periodOf(block.timestamp)) / 12;
        return yearly.year == year ? yearly : Yearly({year: year, used: 0, allowance: 0});
    }

    function _requireRight(MemberId member, uint8 right) private view {
        if (!REGISTER.hasRight(member, msg.sender, right)) {
            revert AdmissionRightMissing(member, msg.sender, right);
        }
    }

    function _requireFit(MemberId member) private view {
        Membership memory membership = REGISTER.membership(member);
        bool institution = !(member < FIRST_MEMBER) && membership.standing == Standing.Admitted;
        if (!institution || periodOf(block.timestamp) < membership.since.plus(_seniority)) {
            revert AdmissionSponsorUnfit(member);
        }
    }

    function _applying(MemberId applicant) private view returns (Application storage) {
        if (REGISTER.membership(applicant).standing != Standing.Applied)
            revert AdmissionNotApplying(applicant);
        return _applications[applicant];
    }

    function _in(
        MemberId applicant,
        ApplicationStage stage
    ) private view returns (Application storage application) {
        application = _applying(applicant);
        if (application.stage != stage) revert AdmissionStageWrong(applicant, application.stage);
    }
}
