import { AccessibilityAssessment, AccessibilityFinding } from './accessibility/accessibility-assessment.entity.js';
import { AccessibilityCriterion } from './accessibility/accessibility-criterion.entity.js';
import { AccessibilityRemedy } from './accessibility/accessibility-remedy.entity.js';
import { Accession } from './accession/accession.entity.js';
import { AccessionConsent, AccessionResolution } from './accession/accession-paper.entity.js';
import { ActionPlan } from './action-plan/action-plan.entity.js';
import { MeasureReading, MeasureReview } from './action-plan/measure-record.entity.js';
import { PlanMeasure, PlanMeasureService } from './action-plan/plan-measure.entity.js';
import { AvailabilityQuestion } from './availability/availability-question.entity.js';
import { AvailabilityRequest } from './availability/availability-request.entity.js';
import { Category } from './category/category.entity.js';
import { ClientCase, ClientCaseHealth } from './client-case/client-case.entity.js';
import { Confirmation } from './confirmation/confirmation.entity.js';
import { ConfirmationLink } from './confirmation/confirmation-link.entity.js';
import { RecordReminder } from './confirmation/record-reminder.entity.js';
import { Consent } from './consent/consent.entity.js';
import { Consortium } from './consortium/consortium.entity.js';
import { ConsortiumMember } from './consortium/consortium-member.entity.js';
import { DemandShare } from './demand-share/demand-share.entity.js';
import { District } from './district/district.entity.js';
import { DuplicateDismissal } from './duplicate/duplicate-dismissal.entity.js';
import { PartnerMerge } from './duplicate/partner-merge.entity.js';
import { FinderArea, FinderService } from './finder/finder.entity.js';
import { FrameworkAgreement } from './framework-agreement/framework-agreement.entity.js';
import { FundingDecision } from './funding-decision/funding-decision.entity.js';
import { Gap } from './gap/gap.entity.js';
import { GapSearch } from './gap/gap-search.entity.js';
import { AreaOutline } from './geography/area-outline.entity.js';
import { DemandFigure } from './geography/demand-figure.entity.js';
import { GeoSource } from './geography/geo-source.entity.js';
import { ImportFinding, ImportJob, ImportPiece, ImportUpload } from './import-job/import-job.entity.js';
import { Instrument, InstrumentVersion } from './instrument/instrument.entity.js';
import { JobOpening, JobOpeningNeed } from './job-opening/job-opening.entity.js';
import { Jobcenter } from './jobcenter/jobcenter.entity.js';
import { KnowledgeReport } from './knowledge/knowledge-report.entity.js';
import { AccessibilityEntry, Location } from './location/location.entity.js';
import { Municipality, PostalCode } from './municipality/municipality.entity.js';
import { Need } from './need/need.entity.js';
import { NeedCaseload } from './need-overview/need-caseload.entity.js';
import { Network, NetworkMunicipality } from './network/network.entity.js';
import { Partner } from './partner/partner.entity.js';
import {
  Programme,
  ProgrammeFunder,
  ProgrammeInstrument,
  ProgrammeNetwork,
  ProgrammePartner,
} from './programme/programme.entity.js';
import {
  ProgrammeRound,
  ProgrammeRoundField,
  ProgrammeRoundFigures,
  ProgrammeRoundMonth,
  ProgrammeRoundService,
} from './programme/programme-round.entity.js';
import { Proposal } from './proposal/proposal.entity.js';
import { Publication } from './publication/publication.entity.js';
import { Revision } from './record/revision.entity.js';
import { Referral } from './referral/referral.entity.js';
import { ReferralDisclosure } from './referral/referral-disclosure.entity.js';
import { ReferralEvent } from './referral/referral-event.entity.js';
import { ReferralQuestion } from './referral/referral-question.entity.js';
import { ReferralAppointment } from './referral-appointment/referral-appointment.entity.js';
import { ReferralNotice } from './referral-clock/referral-notice.entity.js';
import { ReferralFollowUp } from './referral-follow-up/referral-follow-up.entity.js';
import { ReferralMessage } from './referral-message/referral-message.entity.js';
import { SearchDocument } from './search/search-document.entity.js';
import { SearchState } from './search/search-state.entity.js';
import { SearchSynonym } from './search/search-synonym.entity.js';
import { SearchWord } from './search/search-word.entity.js';
import { SelfAudit, SelfAuditAnswer, SelfAuditQuestionnaire } from './self-audit/self-audit.entity.js';
import { Service, ServiceArea, ServiceCategory, ServiceLocation, ServiceNeed } from './service/service.entity.js';
import { ServiceAcceptance, ServiceAnswer, ServiceCapacity } from './service/service-capacity.entity.js';
import { ServiceWaiting } from './service/service-waiting.entity.js';
import { Secret } from './shared/secret.entity.js';
import { SharingAgreement } from './sharing/sharing-agreement.entity.js';
import { SharingCategory, SharingPartner } from './sharing/sharing-scope.entity.js';
import { Source, SourceRecord, SourceRow } from './source/source.entity.js';
import { Team, TeamContact, TeamStaff } from './team/team.entity.js';
import { TrainingAttendance, TrainingCourse, TrainingSession } from './training/training-course.entity.js';
import { TrainingTopic } from './training/training-topic.entity.js';
import { Account, Membership } from './viewer/account.entity.js';
import { IdempotencyKey } from './viewer/idempotency-key.entity.js';

/** Every entity. A table that is missing here gets no migration and no rights. */
export const entities = [
  AccessibilityAssessment,
  AccessibilityCriterion,
  AccessibilityEntry,
  AccessibilityFinding,
  AccessibilityRemedy,
  Accession,
  AccessionConsent,
  AccessionResolution,
  Account,
  ActionPlan,
  AreaOutline,
  AvailabilityQuestion,
  AvailabilityRequest,
  Category,
  ClientCase,
  ClientCaseHealth,
  Confirmation,
  ConfirmationLink,
  Consent,
  Consortium,
  ConsortiumMember,
  DemandFigure,
  DemandShare,
  District,
  FinderService,
  FinderArea,
  FrameworkAgreement,
  FundingDecision,
  Gap,
  GapSearch,
  GeoSource,
  IdempotencyKey,
  Jobcenter,
  JobOpening,
  JobOpeningNeed,
  ImportFinding,
  ImportJob,
  ImportPiece,
  ImportUpload,
  KnowledgeReport,
  Instrument,
  InstrumentVersion,
  Location,
  MeasureReading,
  MeasureReview,
  Membership,
  Municipality,
  Need,
  NeedCaseload,
  Network,
  NetworkMunicipality,
  Partner,
  DuplicateDismissal,
  PartnerMerge,
  PlanMeasure,
  PlanMeasureService,
  PostalCode,
  Programme,
  ProgrammeFunder,
  ProgrammeInstrument,
  ProgrammeNetwork,
  ProgrammePartner,
  ProgrammeRound,
  ProgrammeRoundField,
  ProgrammeRoundFigures,
  ProgrammeRoundMonth,
  ProgrammeRoundService,
  Publication,
  Proposal,
  RecordReminder,
  Referral,
  ReferralAppointment,
  ReferralDisclosure,
  ReferralEvent,
  ReferralNotice,
  ReferralQuestion,
  ReferralFollowUp,
  ReferralMessage,
  Revision,
  SearchDocument,
  SearchState,
  SearchSynonym,
  SearchWord,
  Secret,
  SelfAudit,
  SelfAuditAnswer,
  SelfAuditQuestionnaire,
  Service,
  ServiceAcceptance,
  ServiceAnswer,
  ServiceArea,
  ServiceCapacity,
  ServiceCategory,
  ServiceLocation,
  ServiceNeed,
  ServiceWaiting,
  SharingAgreement,
  SharingCategory,
  SharingPartner,
  Source,
  SourceRecord,
  SourceRow,
  Team,
  TeamContact,
  TeamStaff,
  TrainingAttendance,
  TrainingCourse,
  TrainingSession,
  TrainingTopic,
];
