import { Migration20261122000000_Hub } from './Migration20261122000000_Hub.js';
import { Migration20261122100000_ReferralLoop } from './Migration20261122100000_ReferralLoop.js';
import { Migration20261122110000_Messages } from './Migration20261122110000_Messages.js';
import { Migration20261122111000_Appointments } from './Migration20261122111000_Appointments.js';
import { Migration20261122112000_FollowUps } from './Migration20261122112000_FollowUps.js';
import { Migration20261122120000_Gaps } from './Migration20261122120000_Gaps.js';
import { Migration20261122130000_Availability } from './Migration20261122130000_Availability.js';
import { Migration20261122140000_IdempotencyKeys } from './Migration20261122140000_IdempotencyKeys.js';
import { Migration20261122150000_CaseLookups } from './Migration20261122150000_CaseLookups.js';
import { Migration20261122155000_OwnCases } from './Migration20261122155000_OwnCases.js';
import { Migration20261122160000_Inboxes } from './Migration20261122160000_Inboxes.js';
import { Migration20261122170000_EventLookups } from './Migration20261122170000_EventLookups.js';
import { Migration20261122171000_SoundLimits } from './Migration20261122171000_SoundLimits.js';
import { Migration20261122180000_UnansweredFollowUps } from './Migration20261122180000_UnansweredFollowUps.js';
import { Migration20261122181000_TakenBack } from './Migration20261122181000_TakenBack.js';
import { Migration20261122190000_Records } from './Migration20261122190000_Records.js';
import { Migration20261122190100_RoundedPlaces } from './Migration20261122190100_RoundedPlaces.js';
import { Migration20261122190300_JobOpenings } from './Migration20261122190300_JobOpenings.js';
import { Migration20261122191000_Geography } from './Migration20261122191000_Geography.js';
import { Migration20261122192000_Search } from './Migration20261122192000_Search.js';
import { Migration20261122193000_Sources } from './Migration20261122193000_Sources.js';
import { Migration20261122193100_PairIds } from './Migration20261122193100_PairIds.js';
import { Migration20261122193200_ImportJobs } from './Migration20261122193200_ImportJobs.js';
import { Migration20261122194000_UnpublishedPartners } from './Migration20261122194000_UnpublishedPartners.js';
import { Migration20261122194100_Proposals } from './Migration20261122194100_Proposals.js';
import { Migration20261122195000_Confirmations } from './Migration20261122195000_Confirmations.js';
import { Migration20261122196000_Merges } from './Migration20261122196000_Merges.js';
import { Migration20261122196100_DuplicateDismissals } from './Migration20261122196100_DuplicateDismissals.js';
import { Migration20261122200000_OwnersThen } from './Migration20261122200000_OwnersThen.js';
import { Migration20261122200100_MovedReminders } from './Migration20261122200100_MovedReminders.js';
import { Migration20261122200200_MergedLocations } from './Migration20261122200200_MergedLocations.js';
import { Migration20261122201000_NotAdmitted } from './Migration20261122201000_NotAdmitted.js';
import { Migration20261122201100_KeptUploads } from './Migration20261122201100_KeptUploads.js';
import { Migration20261122202000_SearchedOpenings } from './Migration20261122202000_SearchedOpenings.js';
import { Migration20261122202100_ClosedServices } from './Migration20261122202100_ClosedServices.js';
import { Migration20261122203000_ImportFailures } from './Migration20261122203000_ImportFailures.js';
import { Migration20261122203100_RowOrder } from './Migration20261122203100_RowOrder.js';
import { Migration20261122207000_ProtectedMerged } from './Migration20261122207000_ProtectedMerged.js';
import { Migration20261122210000_Consortia } from './Migration20261122210000_Consortia.js';
import { Migration20261122210100_Sharing } from './Migration20261122210100_Sharing.js';
import { Migration20261122210200_ReferralWall } from './Migration20261122210200_ReferralWall.js';
import { Migration20261122211000_Jobcenters } from './Migration20261122211000_Jobcenters.js';
import { Migration20261122211100_Accessibility } from './Migration20261122211100_Accessibility.js';
import { Migration20261122211200_Teams } from './Migration20261122211200_Teams.js';
import { Migration20261122212000_Accessions } from './Migration20261122212000_Accessions.js';
import { Migration20261122212100_ActionPlans } from './Migration20261122212100_ActionPlans.js';
import { Migration20261122212200_TopicsOfMeasures } from './Migration20261122212200_TopicsOfMeasures.js';
import { Migration20261122212300_NeedCaseloads } from './Migration20261122212300_NeedCaseloads.js';
import { Migration20261122213000_Instruments } from './Migration20261122213000_Instruments.js';
import { Migration20261122213100_FundingDecisions } from './Migration20261122213100_FundingDecisions.js';
import { Migration20261122213200_Programmes } from './Migration20261122213200_Programmes.js';
import { Migration20261122213300_Publications } from './Migration20261122213300_Publications.js';
import { Migration20261122214000_DemandShares } from './Migration20261122214000_DemandShares.js';
import { Migration20261122215000_BoundRounds } from './Migration20261122215000_BoundRounds.js';
import { Migration20261122215100_DecisionsOfCase } from './Migration20261122215100_DecisionsOfCase.js';
import { Migration20261122217000_ProposersOfSharing } from './Migration20261122217000_ProposersOfSharing.js';
import { Migration20261122217100_EnteredMembers } from './Migration20261122217100_EnteredMembers.js';
import { Migration20261122218000_DroppedMeasures } from './Migration20261122218000_DroppedMeasures.js';
import { Migration20261122218100_AccessionHistory } from './Migration20261122218100_AccessionHistory.js';
import { Migration20261122220000_DecisionsWent } from './Migration20261122220000_DecisionsWent.js';
import { Migration20261122221000_LeavingNetworks } from './Migration20261122221000_LeavingNetworks.js';
import { Migration20261122221100_StaffThen } from './Migration20261122221100_StaffThen.js';
import { Migration20261122222000_SearchedPublications } from './Migration20261122222000_SearchedPublications.js';
import { Migration20261123100000_Finder } from './Migration20261123100000_Finder.js';
import { Migration20261123100100_FinderChanges } from './Migration20261123100100_FinderChanges.js';
import { Migration20261123100200_FinderLocks } from './Migration20261123100200_FinderLocks.js';

/** Every migration, oldest first. Each is applied once, in a transaction, and never changed after it has landed. */
export const migrations = [
  Migration20261122000000_Hub,
  Migration20261122100000_ReferralLoop,
  Migration20261122110000_Messages,
  Migration20261122111000_Appointments,
  Migration20261122112000_FollowUps,
  Migration20261122120000_Gaps,
  Migration20261122130000_Availability,
  Migration20261122140000_IdempotencyKeys,
  Migration20261122150000_CaseLookups,
  Migration20261122155000_OwnCases,
  Migration20261122160000_Inboxes,
  Migration20261122170000_EventLookups,
  Migration20261122171000_SoundLimits,
  Migration20261122180000_UnansweredFollowUps,
  Migration20261122181000_TakenBack,
  Migration20261122190000_Records,
  Migration20261122190100_RoundedPlaces,
  Migration20261122191000_Geography,
  Migration20261122192000_Search,
  Migration20261122193000_Sources,
  Migration20261122193100_PairIds,
  Migration20261122193200_ImportJobs,
  Migration20261122194000_UnpublishedPartners,
  Migration20261122194100_Proposals,
  Migration20261122195000_Confirmations,
  Migration20261122190300_JobOpenings,
  Migration20261122196000_Merges,
  Migration20261122196100_DuplicateDismissals,
  Migration20261122200000_OwnersThen,
  Migration20261122200100_MovedReminders,
  Migration20261122202000_SearchedOpenings,
  Migration20261122201000_NotAdmitted,
  Migration20261122201100_KeptUploads,
  Migration20261122200200_MergedLocations,
  Migration20261122202100_ClosedServices,
  Migration20261122203000_ImportFailures,
  Migration20261122203100_RowOrder,
  Migration20261122207000_ProtectedMerged,
  Migration20261122210000_Consortia,
  Migration20261122211000_Jobcenters,
  Migration20261122211100_Accessibility,
  Migration20261122211200_Teams,
  Migration20261122213000_Instruments,
  Migration20261122214000_DemandShares,
  Migration20261122212000_Accessions,
  Migration20261122212100_ActionPlans,
  Migration20261122212200_TopicsOfMeasures,
  Migration20261122213100_FundingDecisions,
  Migration20261122213200_Programmes,
  Migration20261122213300_Publications,
  Migration20261122210100_Sharing,
  Migration20261122212300_NeedCaseloads,
  Migration20261122210200_ReferralWall,
  Migration20261122215000_BoundRounds,
  Migration20261122215100_DecisionsOfCase,
  Migration20261122218000_DroppedMeasures,
  Migration20261122217000_ProposersOfSharing,
  Migration20261122217100_EnteredMembers,
  Migration20261122218100_AccessionHistory,
  Migration20261122220000_DecisionsWent,
  Migration20261122221000_LeavingNetworks,
  Migration20261122221100_StaffThen,
  Migration20261122222000_SearchedPublications,
  Migration20261123100000_Finder,
  Migration20261123100100_FinderChanges,
  Migration20261123100200_FinderLocks,
];
