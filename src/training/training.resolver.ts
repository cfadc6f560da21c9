import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Need } from '../need/need.entity.js';
import { Network } from '../network/network.entity.js';
import { seesPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Team } from '../team/team.entity.js';
import { Role } from '../viewer/viewer.rules.js';
import { createCourse, editCourse, editSession, planSession } from './training.actions.js';
import {
  TrainingAttendanceInput,
  TrainingCourseConnection,
  TrainingCourseInput,
  TrainingCoursesArgs,
  TrainingSessionConnection,
  TrainingSessionInput,
} from './training.inputs.js';
import { coursePage, findCourse, findSession, sessionsOf } from './training.query.js';
import { recordAttendance } from './training-attendance.actions.js';
import { TrainingAttendance, TrainingCourse, TrainingSession } from './training-course.entity.js';
import { TrainingTopic } from './training-topic.entity.js';

@ObjectType({ description: 'Answer to a change of a course.' })
export class TrainingCoursePayload extends MutationPayload {
  @Field(() => TrainingCourse, { nullable: true, description: 'As it stands now; null when refused.' })
  course?: TrainingCourse | null;
}

@ObjectType({ description: 'Answer to a change of a session.' })
export class TrainingSessionPayload extends MutationPayload {
  @Field(() => TrainingSession, { nullable: true, description: 'As it stands now; null when refused.' })
  session?: TrainingSession | null;
}

const SESSION = { description: 'Which session.' } as const;

@Resolver(() => TrainingCourse)
export class TrainingCourseResolver {
  @Authorized(Role.CASEWORKER, Role.COORDINATOR)
  @Query(() => TrainingCourseConnection, {
    description: 'The courses for staff of a network of yours, by title; for its caseworkers and coordinators.',
  })
  trainingCourses(
    @Args(() => TrainingCoursesArgs) args: TrainingCoursesArgs,
    @Ctx() ctx: Context,
  ): Promise<TrainingCourseConnection> {
    return coursePage(ctx, args);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => TrainingCoursePayload, { description: 'A new course. For coordinators of the network.' })
  trainingCourseCreate(
    @Arg('network', () => String, { description: 'Slug of a network that you coordinate.' }) network: string,
    @Arg('input', () => TrainingCourseInput, { description: 'What it is.' }) input: TrainingCourseInput,
    @Ctx() ctx: Context,
  ): Promise<TrainingCoursePayload> {
    return payload(
      'course',
      createCourse(ctx, network, input).then(key => findCourse(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => TrainingCoursePayload, { description: 'Edits a course. For coordinators of the network.' })
  trainingCourseEdit(
    @Arg('id', () => ID, { description: 'Which course.' }) id: string,
    @Arg('input', () => TrainingCourseInput, { description: 'What changes.' }) input: TrainingCourseInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<TrainingCoursePayload> {
    return payload(
      'course',
      editCourse(ctx, id, input, expectedVersion).then(key => findCourse(ctx, key)),
    );
  }

  @FieldResolver(() => Network, { description: 'Whose it is.' })
  network(@Root() { network }: TrainingCourse): Promise<Network> {
    return network.loadOrFail();
  }

  @FieldResolver(() => [TrainingTopic], { description: 'What it is about.' })
  async topics(@Root() { topics }: TrainingCourse, @Ctx() { loaders }: Context): Promise<TrainingTopic[]> {
    return [...(await loaders.trainingTopics()).values()].filter(({ code }) => topics.includes(code));
  }

  @FieldResolver(() => Partner, { nullable: true, description: 'Who gives it, where that is a published partner.' })
  async provider(@Root() { provider }: TrainingCourse, @Ctx() { viewer }: Context): Promise<Partner | null> {
    const partner = await provider?.loadOrFail();
    return partner && seesPartner(viewer, partner) ? partner : null;
  }

  @FieldResolver(() => TrainingSessionConnection, { description: 'When it was held, and will be, newest first.' })
  sessions(
    @Root() { id }: TrainingCourse,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<TrainingSessionConnection> {
    return sessionsOf(ctx, id, args);
  }
}

@Resolver(() => TrainingSession)
export class TrainingSessionResolver {
  @Authorized(Role.COORDINATOR)
  @Mutation(() => TrainingSessionPayload, {
    description: 'Plans a session of a course, or enters one that was held. For coordinators of the network.',
  })
  trainingSessionPlan(
    @Arg('course', () => ID, { description: 'Which course.' }) course: string,
    @Arg('input', () => TrainingSessionInput, { description: 'When, and for how many.' }) input: TrainingSessionInput,
    @Ctx() ctx: Context,
  ): Promise<TrainingSessionPayload> {
    return payload(
      'session',
      planSession(ctx, course, input).then(key => findSession(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => TrainingSessionPayload, { description: 'Edits a session. For coordinators of the network.' })
  trainingSessionEdit(
    @Arg('id', () => ID, SESSION) id: string,
    @Arg('input', () => TrainingSessionInput, { description: 'What changes.' }) input: TrainingSessionInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<TrainingSessionPayload> {
    return payload(
      'session',
      editSession(ctx, id, input, expectedVersion).then(key => findSession(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => TrainingSessionPayload, {
    description:
      'Counts how many of some teams attended a session that is over, in place of what was counted of these teams before. For coordinators of the network.',
  })
  trainingAttendanceRecord(
    @Arg('id', () => ID, SESSION) id: string,
    @Arg('input', () => [TrainingAttendanceInput], { description: 'The counts, a row for each team.' })
    input: TrainingAttendanceInput[],
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<TrainingSessionPayload> {
    return payload(
      'session',
      recordAttendance(ctx, id, input, expectedVersion).then(key => findSession(ctx, key)),
    );
  }

  @FieldResolver(() => TrainingCourse, { description: 'Of which course.' })
  course(@Root() { course }: TrainingSession): Promise<TrainingCourse> {
    return course.loadOrFail();
  }

  @FieldResolver(() => [TrainingAttendance], { description: 'Who attended, counted by team; 100 teams at most.' })
  attendance(@Root() { id }: TrainingSession, @Ctx() { loaders }: Context): Promise<TrainingAttendance[]> {
    return loaders.attendanceOfSession.load(id);
  }
}

@Resolver(() => TrainingAttendance)
export class TrainingAttendanceResolver {
  @FieldResolver(() => Team, { description: 'Of which team.' })
  team(@Root() { team }: TrainingAttendance): Promise<Team> {
    return team.loadOrFail();
  }
}

@Resolver(() => TrainingTopic)
export class TrainingTopicResolver {
  @Query(() => [TrainingTopic], { description: 'All topics of training, in their usual order.' })
  async trainingTopics(@Ctx() { loaders }: Context): Promise<TrainingTopic[]> {
    return [...(await loaders.trainingTopics()).values()];
  }

  @FieldResolver(() => String, { description: 'Its label, in German or English; German for any other language.' })
  name(
    @Root() { nameDe, nameEn }: TrainingTopic,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    return inLanguage(language, { de: nameDe, en: nameEn });
  }

  @FieldResolver(() => [Need], { description: 'The needs that it is about.' })
  async needs(@Root() { needs }: TrainingTopic, @Ctx() { loaders }: Context): Promise<Need[]> {
    const all = await loaders.needs();
    return needs.flatMap(code => all.get(code) ?? []);
  }
}
