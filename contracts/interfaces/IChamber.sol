// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Charter} from "../Charter.sol";
import {IElectorate} from "./IElectorate.sol";

/// @notice What a chamber is built with; times in seconds.
/// @param name names the chamber in the EIP-712 domain of its ballots
/// @param electorate who votes, and with how many votes (ERC-5805, by timestamps)
/// @param charter which rights its acts need, and how long they wait
/// @param sponsor a contract that may propose; zero for none
/// @param votingDelay from a proposal to its snapshot, when voting begins
/// @param votingPeriod how long voting lasts
/// @param threshold how many votes a voter needs to propose; at least one
/// @param petition which share of all votes must sign a petition, in basis points
/// @param quorumBps which share of all votes must be for or abstain, in basis points
/// @param baseDelay how long every act waits after its vote, whatever the charter asks
/// @param lateExtension how long voting lasts at least once the quorum is reached
struct Setup {
    string name;
    IElectorate electorate;
    Charter charter;
    address sponsor;
    uint48 votingDelay;
    uint32 votingPeriod;
    uint256 threshold;
    uint256 petition;
    uint16 quorumBps;
    uint32 baseDelay;
    uint48 lateExtension;
}

/// @title IChamber
/// @notice A house that decides by vote: an OpenZeppelin Governor whose voters are numbers and whose votes are packed
/// ballots. What is decided, anyone queues and executes before it expires (IGovernor).
///
/// A voter is known to ERC-5805 and to the log by its pseudo-address (Voters). Votes weigh what they weighed at the
/// proposal's snapshot; what a ballot's key may do is asked when it is cast. A proposal cannot be withdrawn: a queued
/// one shows as canceled once a guardian cancels one of its operations in the charter.
///
/// A proposal passes with more votes for than against, once votes for and abstentions reach its quorum; one that
/// ratifies an amendment or insists on it, with two votes for each against. Calls that missed their
/// quorum may be put again: from 30 days after the deadline with half of it, then a quarter, then an eighth; sooner
/// with the whole. What enough voters refused starts anew.
interface IChamber {
    /// @dev What a proposal needs; `subject` is its id were its description's hash zero: repeats share it.
    event ProposalWeighed(
        uint256 indexed proposalId,
        uint256 indexed subject,
        uint256 quorumBps,
        uint256 halvings,
        bool twoThirds
    );
    /// @dev Bit i of `counted` tells whether ballot i counted.
    event BallotsCast(uint256 indexed proposalId, uint256 counted, bytes ballots);
    /// @dev `weight`: the votes behind the signatures that are good.
    event PetitionFiled(uint256 indexed proposalId, uint256 weight, bytes signatures);
    event SharesSet(uint256 quorumBps, uint256 petitionBps);

    /// @dev A quorum is from 1 to 10,000 basis points, a petition's share to a third; voting lasts from a day to 60 days,
    /// no delay is longer; the clock is in seconds.
    error ChamberSetupInvalid();
    /// @dev The key does not vote for the voter.
    error ChamberVoterMissing(uint32 voter, address key);
    /// @dev The voter has a proposal that is still voted on.
    error ChamberVoterBusy(uint32 voter, uint256 proposalId);
    error ChamberVotesShort(uint256 votes, uint256 needed);
    /// @dev Signatories come in ascending order, each once.
    error ChamberSignatoriesUnsorted(uint32 voter);
    error ChamberSponsorOnly(address caller);
    error ChamberAdminOnly(address caller);
    /// @dev A chamber schedules and executes through its own queue, and cannot give its rights away.
    error ChamberCallBarred(address target, bytes4 selector);
    /// @dev A verb of the Governor that has no use here.
    error ChamberVerbClosed();

    /// @notice Proposes in the name of a voter. A key of the voter, which has the votes and no other proposal that is
    /// pending or active.
    /// @dev A description that ends in `#proposer=` and the voter's address keeps others from proposing it first.
    function proposeAs(
        uint32 voter,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) external returns (uint256 proposalId);

    /// @notice Proposes what enough voters signed. Anyone. The chamber itself counts as the proposer.
    /// @param signatures packed: voter (4), nonce (4), kind and signature as in Ballots, of
    /// `Petition(uint256 proposalId,uint32 voter,uint32 nonce)`; voters ascending. One that is not good is passed over.
    function petition(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        bytes calldata signatures
    ) external returns (uint256 proposalId);

    /// @notice Counts ballots, at most 256. Anyone who has them.
    /// @dev A ballot that is badly signed, doubled, of a voter without votes or for nothing known is passed over, lest
    /// it spoil the others. Of two ballots of one voter the first that is cast counts.
    /// @param ballots packed: voter (4), nonce (4), support (1: 0 against, 1 for, 2 abstain), kind and signature as in
    /// Ballots, of `Ballot(uint256 proposalId,uint32 voter,uint8 support,uint32 nonce)`
    /// @return counted bit i tells whether ballot i counted
    function cast(uint256 proposalId, bytes calldata ballots) external returns (uint256 counted);

    /// @notice Sets the quorum and the petition's share for proposals to come, in basis points. ADMIN.
    function setShares(uint16 quorumBps, uint16 petitionBps) external;

    /// @notice The quorum of a proposal whose voting has begun, in votes: rounded up, at least one.
    function quorumOf(uint256 proposalId) external view returns (uint256);

    /// @notice What a proposal has got so far.
    function proposalVotes(
        uint256 proposalId
    ) external view returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes);

    /// @notice How many votes a petition needs now: rounded up, at least one.
    function petitionThreshold() external view returns (uint256);

    /// @notice The longest that a decision can take from its proposal to its execution, in seconds, where the charter
    /// asks for no longer delay.
    function longestDecision() external view returns (uint256);
}
