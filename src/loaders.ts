import type { EntityManager } from '@mikro-orm/postgresql';
import {
  accessibilityCriteria,
  findingsOfAssessment,
  latestAssessmentOfLocation,
  siteAccessibility,
} from './accessibility/accessibility.loaders.js';
import { consentsOfAccession, planOfAccession, resolutionsOfAccession } from './accession/accession.loaders.js';
import {
  adjustmentsOfMeasure,
  courseOfMeasure,
  measuresOfPlan,
  nextReviewOfMeasure,
  servicesOfMeasure,
} from './action-plan/action-plan.loaders.js';
import { MEASURES, READINGS, REVIEWS } from './action-plan/action-plan.query.js';
import type { MeasureReading, MeasureReview } from './action-plan/measure-record.entity.js';
import type { PlanMeasure } from './action-plan/plan-measure.entity.js';
import { answersOfQuestion, requestsOfQuestion } from './availability/availability.loaders.js';
import { consentsOfCase, healthOfCase, ownCase } from './client-case/client-case.loaders.js';
import { confirmationsOf } from './confirmation/confirmation.loaders.js';
import { openLinksOfPartner } from './confirmation/confirmation-link.loaders.js';
import { freshnessOfNetwork } from './confirmation/freshness.loaders.js';
import { remindersOfRecord } from './confirmation/reminder.loaders.js';
import { CONSORTIUM_MEMBERS } from './consortium/consortium.query.js';
import type { ConsortiumMember } from './consortium/consortium-member.entity.js';
import { recipientsLoader, sharesLoader } from './demand-share/demand-share.loaders.js';
import { districtByKey, municipalitiesOfDistrict } from './district/district.loaders.js';
import { mergesOfPartner } from './duplicate/duplicate.loaders.js';
import {
  decisionsInUseOfCase,
  decisionsOfCase,
  decisionsOfReferral,
  fundingOfCase,
} from './funding-decision/funding-decision.loaders.js';
import { figuresOfArea, outlineOfArea } from './geography/geography.loaders.js';
import { DIRECTORY_LOADERS, type DirectoryRoots } from './history/directory.loaders.js';
import { hidesAddressThen, lastChangesOf, membershipsOfAccount, revisionsOf } from './history/history.loaders.js';
import { inboxCounts } from './inbox/inbox.loaders.js';
import { instrumentCatalogue } from './instrument/instrument-catalogue.query.js';
import type { JobOpening } from './job-opening/job-opening.entity.js';
import { needsOfJobOpening } from './job-opening/job-opening.loaders.js';
import { JOB_OPENINGS } from './job-opening/job-opening.query.js';
import { jobcenterOfNetwork } from './jobcenter/jobcenter.loaders.js';
import {
  casesOfNeed,
  gapsOfNeed,
  knowledgeOfNeed,
  staffContactsOfNeed,
  usableOfNeed,
} from './need-overview/need-overview.loaders.js';
import { municipalitiesOfNetwork } from './network/network.loaders.js';
import { placeOfService } from './opening-hours/opening-hours.loaders.js';
import type { Partner } from './partner/partner.entity.js';
import { PARTNERS } from './partner/partner.query.js';
import {
  countedRoundsOfProgramme,
  fieldsOfRound,
  figuresOfRound,
  fundersOfProgramme,
  instrumentsOfProgramme,
  moneyOfProgramme,
  moneyOfRound,
  networksOfProgramme,
  partnersOfProgramme,
  reportedService,
  servicesOfRound,
  visibleProgramme,
} from './programme/programme.loaders.js';
import { PROGRAMME_ROUND_MONTHS, PROGRAMME_ROUNDS } from './programme/programme.query.js';
import type { ProgrammeRound, ProgrammeRoundMonth } from './programme/programme-round.entity.js';
import { closedIntakeOfService } from './programme/service-intake.loaders.js';
import type { Proposal } from './proposal/proposal.entity.js';
import { hidesAddressSinceProposed, reviewOfRecord } from './proposal/proposal.loaders.js';
import { PROPOSALS } from './proposal/proposal.query.js';
import type { Publication } from './publication/publication.entity.js';
import { PUBLICATIONS } from './publication/publication.query.js';
import { storedRecords } from './record/record.loaders.js';
import {
  childrenOfReferral,
  disclosureOfReferral,
  eventsOfReferral,
  noticesOfReferral,
  offersOfCase,
  positionOfWaiting,
  questionsOfReferral,
  referralsOf,
  referralsOfGroup,
} from './referral/referral.loaders.js';
import { appointmentsOfReferral } from './referral-appointment/referral-appointment.loaders.js';
import { followUpsOfReferral } from './referral-follow-up/referral-follow-up.loaders.js';
import { messagesOf, unreadOfReferral } from './referral-message/referral-message.loaders.js';
import { answersOfSelfAudit } from './self-audit/self-audit.loaders.js';
import type { Service } from './service/service.entity.js';
import { SERVICES } from './service/service.query.js';
import { lazily } from './shared/lazily.js';
import { listsPerParent } from './shared/per-parent.loaders.js';
import { agreementOfService, categoriesOfAgreement, partnersOfAgreement } from './sharing/sharing.loaders.js';
import { contactsOfTeam, staffOfTeamOn } from './team/team.loaders.js';
import { attendanceOfSession } from './training/training.loaders.js';
import { TRAINING_SESSIONS } from './training/training.query.js';
import type { TrainingSession } from './training/training-course.entity.js';
import { trainingTopics } from './training/training-topics.loaders.js';
import type { Viewer } from './viewer/viewer.rules.js';

export type Loaders = ReturnType<typeof loadersFor>;

/** What does not batch by itself through `Ref.load()`: for one request, each is one statement for a page of parents. */
export const loadersFor = lazily<[em: EntityManager, viewer: Viewer], DirectoryRoots>()({
  ...DIRECTORY_LOADERS,
  agreementOfService,
  accessibilityCriteria,
  adjustmentsOfMeasure,
  answersOfSelfAudit,
  attendanceOfSession,
  contactsOfTeam,
  staffOfTeamOn,
  answersOfQuestion,
  appointmentsOfReferral,
  categoriesOfAgreement,
  casesOfNeed,
  childrenOfReferral,
  confirmationsOf,
  consentsOfAccession,
  consentsOfCase,
  consortiumMembersOf: em => listsPerParent<ConsortiumMember, 'consortium_id' | 'partner_id'>(em, CONSORTIUM_MEMBERS),
  courseOfMeasure,
  decisionsInUseOfCase,
  decisionsOfCase,
  decisionsOfReferral,
  disclosureOfReferral,
  demandShare: sharesLoader,
  districtByKey,
  eventsOfReferral,
  findingsOfAssessment,
  figuresOfArea,
  freshnessOfNetwork,
  followUpsOfReferral,
  fundingOfCase,
  gapsOfNeed,
  hidesAddressThen,
  hidesAddressSinceProposed,
  healthOfCase,
  inboxCounts,
  instruments: instrumentCatalogue,
  jobcenterOfNetwork,
  jobOpeningsOf: em => listsPerParent<JobOpening, 'partner_id'>(em, JOB_OPENINGS),
  measuresOf: em => listsPerParent<PlanMeasure, 'network_id'>(em, MEASURES),
  measuresOfPlan,
  mergesOfPartner,
  needsOfJobOpening,
  latestAssessmentOfLocation,
  knowledgeOfNeed,
  lastChangesOf,
  membershipsOfAccount,
  messagesOf,
  municipalitiesOfDistrict,
  municipalitiesOfNetwork,
  nextReviewOfMeasure,
  noticesOfReferral,
  offersOfCase,
  ownCase,
  openLinksOfPartner,
  outlineOfArea,
  partnersOf: em => listsPerParent<Partner, 'network_id' | 'parent_id'>(em, PARTNERS),
  partnersOfAgreement,
  placeOfService,
  planOfAccession,
  positionOfWaiting,
  closedIntakeOfService,
  countedRoundsOfProgramme,
  fieldsOfRound,
  figuresOfRound,
  fundersOfProgramme,
  instrumentsOfProgramme,
  moneyOfProgramme,
  moneyOfRound,
  networksOfProgramme,
  partnersOfProgramme,
  reportedService,
  roundMonthsOf: em => listsPerParent<ProgrammeRoundMonth, 'round_id'>(em, PROGRAMME_ROUND_MONTHS),
  roundsOf: em => listsPerParent<ProgrammeRound, 'programme_id'>(em, PROGRAMME_ROUNDS),
  servicesOfRound,
  visibleProgramme,
  publicationsOf: em => listsPerParent<Publication, 'programme_id'>(em, PUBLICATIONS),
  proposalsOf: em => listsPerParent<Proposal, 'partner_id'>(em, PROPOSALS),
  questionsOfReferral,
  recipientsOfNetwork: recipientsLoader,
  readingsOf: em => listsPerParent<MeasureReading, 'measure_id'>(em, READINGS),
  referralsOf,
  referralsOfGroup,
  remindersOfRecord,
  requestsOfQuestion,
  resolutionsOfAccession,
  reviewOfRecord,
  reviewsOf: em => listsPerParent<MeasureReview, 'measure_id'>(em, REVIEWS),
  servicesOfMeasure,
  servicesOfNetwork: em => listsPerParent<Service, 'network_id'>(em, SERVICES),
  servicesOf: em => listsPerParent<Service, 'partner_id'>(em, SERVICES),
  siteAccessibility,
  staffContactsOfNeed,
  storedRecords,
  revisionsOf,
  trainingSessionsOf: em => listsPerParent<TrainingSession, 'course_id'>(em, TRAINING_SESSIONS),
  trainingTopics,
  usableOfNeed,
  unreadOfReferral,
});
