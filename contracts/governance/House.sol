// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockAccess} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockAccess.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {Charter} from "../Charter.sol";
import {IChamber, Setup} from "../interfaces/IChamber.sol";
import {IElectorate} from "../interfaces/IElectorate.sol";
import {Voters} from "../libraries/Voters.sol";
import {Roles} from "../types/Roles.sol";

/// @title House
/// @notice OpenZeppelin's Governor as a chamber uses it: on timestamps, with acts that the charter delays, expires and
/// lets guardians cancel, with settings that amendments change, and without the verbs that have no use here.
abstract contract House is
    IChamber,
    GovernorVotes,
    GovernorSettings,
    GovernorPreventLateQuorum,
    GovernorTimelockAccess
{
    /// @notice Bounds of a chamber's times, in seconds, so that no amendment locks the charter by a slip of the pen.
    uint32 public constant SHORTEST_PERIOD = 1 days;
    uint32 public constant LONGEST_TIME = 60 days;

    /// @notice Whom the chamber asks what it may do.
    Charter public immutable CHARTER;

    /// @notice Who votes.
    IElectorate public immutable ELECTORATE;

    /// @dev The address of a voter of the electorate.
    address private immutable _someVoter;

    /// @dev What a proposal scheduled in the charter.
    mapping(uint256 proposalId => bytes32[]) private _operations;

    constructor(
        Setup memory setup
    )
        Governor(setup.name)
        GovernorVotes(IVotes(address(setup.electorate)))
        GovernorSettings(setup.votingDelay, setup.votingPeriod, setup.threshold)
        GovernorPreventLateQuorum(setup.lateExtension)
        GovernorTimelockAccess(address(setup.charter), setup.baseDelay)
    {
        if (token().clock() != block.timestamp) revert ChamberSetupInvalid();
        CHARTER = setup.charter;
        ELECTORATE = setup.electorate;
        _someVoter = setup.electorate.accountOf(0);
    }

    /// @inheritdoc IChamber
    function longestDecision() external view returns (uint256) {
        return votingDelay() + votingPeriod() + lateQuorumVoteExtension() + baseDelaySeconds();
    }

    /// @dev Whoever could withdraw could keep a matter off the agenda by proposing it over and over.
    function cancel(
        address[] memory,
        uint256[] memory,
        bytes[] memory,
        bytes32
    ) public pure override returns (uint256) {
        revert ChamberVerbClosed();
    }

    /// @dev A chamber acts by its proposals alone.
    function relay(address, uint256, bytes calldata) public payable override {
        revert ChamberVerbClosed();
    }

    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public virtual override(Governor, GovernorTimelockAccess) returns (uint256) {
        return super.propose(targets, values, calldatas, description);
    }

    /// @notice Where a proposal stands.
    /// @dev What passed expires as operations in the charter do. It is canceled once an operation is not scheduled for
    /// it any more; when its time is over it shows as expired all the same.
    function state(uint256 proposalId) public view override returns (ProposalState found) {
        found = super.state(proposalId);
        if (found != ProposalState.Succeeded && found != ProposalState.Queued) return found;
        uint256 eta = proposalEta(proposalId);
        uint256 since = eta == 0 ? proposalDeadline(proposalId) : eta;
        if (clock() >= since + CHARTER.expiration()) return ProposalState.Expired;
        bytes32[] storage operations = _operations[proposalId];
        for (uint256 i = 0; i < operations.length; ++i) {
            if (CHARTER.getSchedule(operations[i]) != eta) return ProposalState.Canceled;
        }
    }

    function proposalThreshold() public view virtual override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function proposalDeadline(
        uint256 proposalId
    ) public view override(Governor, GovernorPreventLateQuorum) returns (uint256) {
        return super.proposalDeadline(proposalId);
    }

    function proposalNeedsQueuing(
        uint256 proposalId
    ) public view override(Governor, GovernorTimelockAccess) returns (bool) {
        return super.proposalNeedsQueuing(proposalId);
    }

    function votingDelay() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.votingDelay();
    }

    function votingPeriod() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.votingPeriod();
    }

    /// @notice Seconds since 1970, as the electorate's.
    function clock() public view override(Governor, GovernorVotes) returns (uint48) {
        return Time.timestamp();
    }

    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override(Governor, GovernorVotes) returns (string memory) {
        return "mode=timestamp";
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockAccess) returns (uint48 eta) {
        eta = super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
        (, , bool[] memory scheduled) = proposalExecutionPlan(proposalId);
        for (uint256 i = 0; i < targets.length; ++i) {
            if (!scheduled[i]) continue;
            _operations[proposalId].push(CHARTER.hashOperation(address(this), targets[i], calldatas[i]));
        }
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal virtual override(Governor, GovernorTimelockAccess) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    /// @dev Whoever could withdraw could keep a matter off the agenda by proposing it over and over.
    function _cancel(
        address[] memory,
        uint256[] memory,
        bytes[] memory,
        bytes32
    ) internal pure override(Governor, GovernorTimelockAccess) returns (uint256) {
        revert ChamberVerbClosed();
    }

    function _setVotingDelay(uint48 newVotingDelay) internal override {
        if (newVotingDelay > LONGEST_TIME) revert ChamberSetupInvalid();
        super._setVotingDelay(newVotingDelay);
    }

    function _setVotingPeriod(uint32 newVotingPeriod) internal override {
        if (newVotingPeriod < SHORTEST_PERIOD || newVotingPeriod > LONGEST_TIME) revert ChamberSetupInvalid();
        super._setVotingPeriod(newVotingPeriod);
    }

    function _setBaseDelaySeconds(uint32 newBaseDelay) internal override {
        if (newBaseDelay > LONGEST_TIME) revert ChamberSetupInvalid();
        super._setBaseDelaySeconds(newBaseDelay);
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    /// @dev The electorate's `accountOf`, without asking it for every ballot.
    function _accountOf(uint32 voter) internal view returns (address) {
        return Voters.like(_someVoter, voter);
    }

    /// @dev Settings change by amendment only.
    function _checkGovernance() internal view override {
        (bool admin, ) = CHARTER.hasRole(Roles.ADMIN, msg.sender);
        if (!admin) revert ChamberAdminOnly(msg.sender);
    }

    /// @dev Votes come in ballots alone.
    function _castVote(
        uint256,
        address,
        uint8,
        string memory,
        bytes memory
    ) internal pure override returns (uint256) {
        revert ChamberVerbClosed();
    }

    /// @dev Votes come in ballots alone.
    function _countVote(
        uint256,
        address,
        uint8,
        uint256,
        bytes memory
    ) internal pure override returns (uint256) {
        revert ChamberVerbClosed();
    }

    /// @dev Votes come in ballots alone.
    function _validateVoteSig(uint256, uint8, address, bytes memory) internal pure override returns (bool) {
        revert ChamberVerbClosed();
    }

    /// @dev Votes come in ballots alone.
    function _validateExtendedVoteSig(
        uint256,
        uint8,
        address,
        string memory,
        bytes memory,
        bytes memory
    ) internal pure override returns (bool) {
        revert ChamberVerbClosed();
    }
}
