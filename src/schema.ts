import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { type AuthChecker, buildSchema } from 'type-graphql';
import {
  AccessibilityAssessmentResolver,
  LocationAssessmentResolver,
} from './accessibility/accessibility-assessment.resolver.js';
import {
  AccessibilityCriterionResolver,
  AccessibilityFindingResolver,
} from './accessibility/accessibility-criterion.resolver.js';
import {
  AccessibilityRemedyResolver,
  JobcenterAccessibilityResolver,
} from './accessibility/accessibility-remedy.resolver.js';
import { AccessionResolver } from './accession/accession.resolver.js';
import { AccessionStepsResolver } from './accession/accession-steps.resolver.js';
import { ActionPlanResolver } from './action-plan/action-plan.resolver.js';
import { ActionPlanEditResolver } from './action-plan/action-plan-edit.resolver.js';
import { PlanMeasureResolver } from './action-plan/plan-measure.resolver.js';
import { PlanMeasureEditResolver } from './action-plan/plan-measure-edit.resolver.js';
import { AvailabilityQuestionResolver } from './availability/availability-question.resolver.js';
import { AvailabilityRequestResolver } from './availability/availability-request.resolver.js';
import { CategoryResolver } from './category/category.resolver.js';
import { ClientCaseResolver } from './client-case/client-case.resolver.js';
import {
  LocationConfirmationResolver,
  PartnerConfirmationResolver,
  ServiceConfirmationResolver,
} from './confirmation/confirmation.resolver.js';
import { ConfirmationLinkResolver } from './confirmation/confirmation-link.resolver.js';
import { JobOpeningConfirmationResolver } from './confirmation/job-opening-confirmation.resolver.js';
import {
  CoordinatorRemindersResolver,
  PartnerRemindersResolver,
  ReminderResolver,
} from './confirmation/reminder.resolver.js';
import { NetworkFreshnessResolver, StaleRecordResolver } from './confirmation/stale-records.resolver.js';
import { ConsentResolver } from './consent/consent.resolver.js';
import {
  ConsortiumMemberResolver,
  ConsortiumResolver,
  PartnerConsortiaResolver,
} from './consortium/consortium.resolver.js';
import { CoverageResolver } from './coverage/coverage.resolver.js';
import { DemandShareResolver, NetworkDemandResolver } from './demand-share/demand-share.resolver.js';
import { DistrictResolver } from './district/district.resolver.js';
import { DuplicateReasonResolver, DuplicateResolver } from './duplicate/duplicate.resolver.js';
import { PartnerMergeResolver } from './duplicate/partner-merge.resolver.js';
import { FrameworkAgreementResolver } from './framework-agreement/framework-agreement.resolver.js';
import {
  CaseFundingResolver,
  FundingDecisionResolver,
  ReferralFundingResolver,
} from './funding-decision/funding-decision.resolver.js';
import { GapResolver } from './gap/gap.resolver.js';
import { DemandFigureResolver, OutlineResolver } from './geography/geography.resolver.js';
import {
  FieldProvenanceResolver,
  LocationHistoryResolver,
  PartnerHistoryResolver,
  RevisionResolver,
  ServiceHistoryResolver,
} from './history/history.resolver.js';
import { ImportFindingResolver, ImportJobResolver } from './import-job/import-job.resolver.js';
import { CaseworkerInboxResolver, CoordinatorInboxResolver, PartnerInboxResolver } from './inbox/inbox.resolver.js';
import { InboxBoxResolver, InboxConsentsResolver, InboxProposalsResolver } from './inbox/inbox-box.resolver.js';
import {
  InstrumentCheckResolver,
  InstrumentResolver,
  InstrumentRuleResolver,
  InstrumentVersionResolver,
  ServiceInstrumentsResolver,
} from './instrument/instrument.resolver.js';
import { JobOpeningResolver, PartnerJobOpeningsResolver } from './job-opening/job-opening.resolver.js';
import { JobcenterResolver, NetworkJobcenterResolver } from './jobcenter/jobcenter.resolver.js';
import { KnowledgeResolver } from './knowledge/knowledge.resolver.js';
import { LocationResolver } from './location/location.resolver.js';
import { LocationEditResolver } from './location/location-edit.resolver.js';
import { CriterionCheckResolver, MatchReasonResolver, MatchResolver } from './match/match.resolver.js';
import { MatchAlternativesResolver } from './match/match-alternatives.resolver.js';
import { MatchInstrumentsResolver } from './match/match-instruments.resolver.js';
import { MunicipalityResolver } from './municipality/municipality.resolver.js';
import { NeedResolver } from './need/need.resolver.js';
import {
  NeedGapResolver,
  NeedKnowledgeResolver,
  NeedOverviewResolver,
} from './need-overview/need-overview.resolver.js';
import { NetworkResolver } from './network/network.resolver.js';
import { NodeResolver } from './node.resolver.js';
import { OccupationResolver } from './occupation/occupation.resolver.js';
import {
  LocationHoursResolver,
  OpeningHoursResolver,
  OpeningResolver,
  ServiceHoursResolver,
  SpecialDayResolver,
} from './opening-hours/opening-hours.resolver.js';
import { PartnerResolver } from './partner/partner.resolver.js';
import { PartnerArchiveResolver } from './partner/partner-archive.resolver.js';
import { ProgrammeResolver } from './programme/programme.resolver.js';
import { ProgrammeRoundMonthResolver, ProgrammeRoundResolver } from './programme/programme-round.resolver.js';
import { ServiceIntakeResolver } from './programme/service-intake.resolver.js';
import { FieldDiffResolver, PartnerProposalsResolver, ProposalResolver } from './proposal/proposal.resolver.js';
import { ProposalStepsResolver } from './proposal/proposal-steps.resolver.js';
import { ProgrammePublicationsResolver, PublicationResolver } from './publication/publication.resolver.js';
import { FieldConflictResolver } from './record/field-conflict.resolver.js';
import { ReferralResolver } from './referral/referral.resolver.js';
import { ReferralAlternativesResolver } from './referral/referral-alternatives.resolver.js';
import { ReferralClientResolver } from './referral/referral-client.resolver.js';
import { ReferralLoopResolver } from './referral/referral-loop.resolver.js';
import {
  AppointmentCalendarResolver,
  ReferralAppointmentResolver,
} from './referral-appointment/referral-appointment.resolver.js';
import { ReferralFollowUpResolver } from './referral-follow-up/referral-follow-up.resolver.js';
import { SustainedIntegrationResolver } from './referral-follow-up/sustained-integration.resolver.js';
import { ReferralMessageResolver } from './referral-message/referral-message.resolver.js';
import { ReferralStepsResolver } from './referral-step/referral-steps.resolver.js';
import { SearchPageResolver, SearchResolver } from './search/search.resolver.js';
import { SearchSynonymResolver } from './search/search-synonym.resolver.js';
import { SelfAuditQuestionnaireResolver, SelfAuditResolver } from './self-audit/self-audit.resolver.js';
import { ServiceResolver } from './service/service.resolver.js';
import { ServiceEditResolver } from './service/service-edit.resolver.js';
import { ServiceTermsResolver } from './service/service-terms.resolver.js';
import { ServiceTableResolver } from './service-table/service-table.resolver.js';
import type { Context } from './shared/context.js';
import { forbidden, unauthenticated } from './shared/errors.js';
import { SharedMatchResolver, SharedReferralResolver, SharingResolver } from './sharing/sharing.resolver.js';
import { TeamContactResolver, TeamResolver } from './team/team.resolver.js';
import {
  TrainingAttendanceResolver,
  TrainingCourseResolver,
  TrainingSessionResolver,
  TrainingTopicResolver,
} from './training/training.resolver.js';
import { MembershipResolver, ViewerResolver } from './viewer/viewer.resolver.js';
import { hasRole, isSignedIn, type Role } from './viewer/viewer.rules.js';

const resolvers = [
  AccessionResolver,
  AccessionStepsResolver,
  ActionPlanEditResolver,
  ActionPlanResolver,
  AccessibilityAssessmentResolver,
  AccessibilityCriterionResolver,
  AccessibilityFindingResolver,
  AccessibilityRemedyResolver,
  ImportFindingResolver,
  ImportJobResolver,
  AvailabilityQuestionResolver,
  AvailabilityRequestResolver,
  AppointmentCalendarResolver,
  CaseworkerInboxResolver,
  CategoryResolver,
  ClientCaseResolver,
  ConfirmationLinkResolver,
  ConsentResolver,
  ConsortiumMemberResolver,
  ConsortiumResolver,
  CoordinatorInboxResolver,
  CoordinatorRemindersResolver,
  CoverageResolver,
  DemandFigureResolver,
  DemandShareResolver,
  NetworkDemandResolver,
  DistrictResolver,
  FieldDiffResolver,
  CaseFundingResolver,
  FundingDecisionResolver,
  ReferralFundingResolver,
  FieldConflictResolver,
  FieldProvenanceResolver,
  FrameworkAgreementResolver,
  GapResolver,
  InboxBoxResolver,
  InboxConsentsResolver,
  InstrumentCheckResolver,
  InstrumentResolver,
  InstrumentRuleResolver,
  InstrumentVersionResolver,
  ServiceInstrumentsResolver,
  JobOpeningConfirmationResolver,
  JobcenterAccessibilityResolver,
  JobcenterResolver,
  JobOpeningResolver,
  KnowledgeResolver,
  LocationAssessmentResolver,
  LocationEditResolver,
  LocationHoursResolver,
  InboxProposalsResolver,
  LocationConfirmationResolver,
  LocationHistoryResolver,
  LocationResolver,
  MatchAlternativesResolver,
  MatchInstrumentsResolver,
  MatchReasonResolver,
  MatchResolver,
  CriterionCheckResolver,
  MembershipResolver,
  MunicipalityResolver,
  NeedGapResolver,
  NeedKnowledgeResolver,
  NeedOverviewResolver,
  NeedResolver,
  NetworkFreshnessResolver,
  NetworkJobcenterResolver,
  NetworkResolver,
  NodeResolver,
  OccupationResolver,
  OutlineResolver,
  OpeningHoursResolver,
  OpeningResolver,
  PartnerInboxResolver,
  PartnerRemindersResolver,
  PartnerArchiveResolver,
  PartnerProposalsResolver,
  PartnerConfirmationResolver,
  PartnerConsortiaResolver,
  PartnerJobOpeningsResolver,
  DuplicateReasonResolver,
  DuplicateResolver,
  PartnerMergeResolver,
  PartnerHistoryResolver,
  PartnerResolver,
  PlanMeasureEditResolver,
  PlanMeasureResolver,
  ProgrammeResolver,
  ProgrammeRoundMonthResolver,
  ProgrammeRoundResolver,
  ServiceIntakeResolver,
  ProgrammePublicationsResolver,
  PublicationResolver,
  ProposalResolver,
  ProposalStepsResolver,
  ReferralAppointmentResolver,
  ReferralAlternativesResolver,
  ReferralClientResolver,
  ReferralFollowUpResolver,
  ReferralLoopResolver,
  ReferralMessageResolver,
  ReferralResolver,
  ReferralStepsResolver,
  ServiceEditResolver,
  ServiceConfirmationResolver,
  SearchPageResolver,
  SearchResolver,
  SearchSynonymResolver,
  ReminderResolver,
  RevisionResolver,
  StaleRecordResolver,
  ServiceHistoryResolver,
  ServiceResolver,
  ServiceTermsResolver,
  ServiceHoursResolver,
  SharedMatchResolver,
  SharedReferralResolver,
  SharingResolver,
  SpecialDayResolver,
  ServiceTableResolver,
  SelfAuditQuestionnaireResolver,
  SelfAuditResolver,
  SustainedIntegrationResolver,
  TeamContactResolver,
  TeamResolver,
  TrainingAttendanceResolver,
  TrainingCourseResolver,
  TrainingSessionResolver,
  TrainingTopicResolver,
  ViewerResolver,
] as const;

/**
 * Who may call a door at all: anybody signed in, or one of the roles that it names. What somebody sees and changes
 * behind it is for each feature's access file.
 */
const authChecker: AuthChecker<Context, Role> = ({ context: { viewer } }, roles) => {
  if (!isSignedIn(viewer)) throw unauthenticated();
  if (roles.length > 0 && !roles.some(role => hasRole(viewer, role))) throw forbidden();
  return true;
};

let built: Promise<GraphQLSchema> | undefined;

/** Built once: all hubs of a process have the same. */
export const hubSchema = (): Promise<GraphQLSchema> => {
  built ??= buildSchema({ resolvers, authChecker, validate: false, skipCheck: true }).then(lexicographicSortSchema);
  return built;
};

/** What `schema/hub.graphql` holds and `/schema.graphql` serves. */
export const hubSdl = async (): Promise<string> => `${printSchema(await hubSchema())}\n`;
