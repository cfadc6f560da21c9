import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';
import { connectionOf } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Team, TeamContact } from '../team/team.entity.js';
import { TrainingTopic } from '../training/training-topic.entity.js';

const REPORTED = 'By its latest report; null where there never was one.';
const USED =
  'How many used it in the six months before, by a report that is no older; null where there is none: it would tell of other months.';

@ObjectType({ description: 'What one team knows of one topic.' })
export class TeamTopicKnowledge {
  @Field(() => TrainingTopic, { description: 'Of which topic.' })
  topic!: TrainingTopic;

  @Field(() => Int, { nullable: true, description: `How many say that they know about it. ${REPORTED}` })
  declared!: number | null;

  @Field(() => Int, {
    description:
      'How many are trained: who attended for the first time, as long as it counts, and no more than work there.',
  })
  trained!: number;

  @Field(() => Int, { nullable: true, description: USED })
  used!: number | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Day of the latest report; null: never.' })
  reportedOn!: string | null;
}

@ObjectType({ description: 'What one team knows, by topic.' })
export class TeamKnowledge {
  @Field(() => Team, {
    description: 'Which team; `staff` is how many work there now, `staffOn` how many did on a day.',
  })
  team!: Team;

  @Field(() => [TeamTopicKnowledge], { description: 'A row for each topic that was asked for.' })
  topics!: TeamTopicKnowledge[];
}

export const TeamKnowledgeConnection = connectionOf(TeamKnowledge, 'team-knowledge');
export type TeamKnowledgeConnection = InstanceType<typeof TeamKnowledgeConnection>;

@ObjectType({ description: 'What all teams of a network know of one topic.' })
export class TopicKnowledge {
  @Field(() => TrainingTopic, { description: 'Of which topic.' })
  topic!: TrainingTopic;

  @Field(() => Int, { description: 'How many teams there are.' })
  teams!: number;

  @Field(() => Int, { description: 'How many of them have ever reported of it.' })
  reported!: number;

  @Field(() => Int, { description: 'How many people work in all teams.' })
  staff!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Who says that they know about it, of teams that report; null: none does.',
  })
  declared!: number | null;

  @Field(() => Int, { description: 'How many are trained.' })
  trained!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the staff that is trained, 0 to 1; null without staff.',
  })
  trainedShare!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Who used it in the six months before, as of each team; null: no report of that time.',
  })
  used!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Measured: referrals sent in the last whole half-year to services made for the topic's needs. For coordinators of the network; null where there are fewer than 5, or another topic's number would give so few away.",
  })
  referrals!: number | null;
}

@ObjectType({ description: 'What the staff of a Jobcenter know, by topic and by team (Wissen). Counts, no names.' })
export class Knowledge {
  network!: string;

  /** Codes of the topics that were asked for, in their order. */
  codes!: string[];

  @Field(() => GraphQLLocalDate, { description: 'As of the end of this day; how many work in a team is as of today.' })
  on!: string;
}

@ObjectType({ description: 'Somebody to turn to, by what she is there for: a function, never a name.' })
export class FunctionContact {
  @Field(() => String, { description: 'What for.' })
  function!: string;

  @Field(() => String, { nullable: true, description: 'Of the function, or of the organisation.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Of the function, or of the organisation.' })
  email!: string | null;
}

@ObjectType({ description: 'A team that can be asked.' })
export class TeamWhoKnows {
  @Field(() => Team, { description: 'Which team.' })
  team!: Team;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many there know: the largest of trained, declared and used lately, of the topic of which most know. For caseworkers and coordinators of the network; null for others.',
  })
  knows!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The same as a share of its staff, 0 to 1; null without staff, and where `knows` is.',
  })
  share!: number | null;

  @Field(() => [TeamContact], { description: 'Whom to ask: who is there for it, else who is there for everything.' })
  contacts!: TeamContact[];
}

@ObjectType({ description: 'A service of a partner whose people can be asked.' })
export class ServiceWhoKnows {
  @Field(() => Service, { description: 'Which service: one that is made for the need.' })
  service!: Service;

  @Field(() => Partner, { description: 'Whose.' })
  partner!: Partner;

  @Field(() => [FunctionContact], {
    description:
      'Whom to ask: contacts of the service, else of the partner; where they are there for bills and contracts alone, first the number and address for enquiries (Anfragen) of the service, else of the partner.',
  })
  contacts!: FunctionContact[];
}

@ObjectType({ description: 'Who can be asked about a need or a topic (Wen kann ich fragen?).' })
export class WhoKnows {
  @Field(() => [TrainingTopic], { description: 'The topics that are about it.' })
  topics!: TrainingTopic[];

  @Field(() => [TeamWhoKnows], {
    description:
      'Teams of which somebody knows, or that name somebody to ask; 20 at most. For caseworkers and coordinators those first of which the largest share knows, for others those that name somebody, by name.',
  })
  teams!: TeamWhoKnows[];

  @Field(() => [ServiceWhoKnows], {
    description:
      'Services of partners of the network, those first that are made for the fewest needs, then those confirmed last; 20 at most.',
  })
  services!: ServiceWhoKnows[];
}
