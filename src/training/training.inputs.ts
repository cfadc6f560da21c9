import { ArgsType, Field, Float, ID, InputType, Int } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { TrainingCourse, TrainingSession } from './training-course.entity.js';

export const TrainingCourseConnection = connectionOf(TrainingCourse, 'training-courses');
export type TrainingCourseConnection = InstanceType<typeof TrainingCourseConnection>;
export const TrainingSessionConnection = connectionOf(TrainingSession, 'training-sessions');
export type TrainingSessionConnection = InstanceType<typeof TrainingSessionConnection>;

@ArgsType()
export class TrainingCoursesArgs extends PageArgs {
  @Field(() => String, { description: 'Slug of a network in which you are caseworker or coordinator.' })
  network!: string;

  @Field(() => ID, { nullable: true, description: 'Code of a topic; all when left out.' })
  topic?: string | null;
}

@InputType({ description: 'A course. Left out = unchanged, or none; a new one needs `title`, `topics` and `hours`.' })
export class TrainingCourseInput {
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  title?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of its topics, one at least; replaces all.' })
  topics?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Id of the partner that gives it; null: none.' })
  provider?: string | null;

  @Field(() => Float, { nullable: true, description: 'How many hours one session has.' })
  hours?: number | null;
}

@InputType({ description: 'A session of a course. Left out = unchanged, or none; a new one needs `heldOn`.' })
export class TrainingSessionInput {
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Its first day.' })
  heldOn?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Its last day; of a new one the first when left out.' })
  heldUntil?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many can attend; null: not limited.' })
  seats?: number | null;
}

@InputType({ description: 'How many of one team attended: counts, no names.' })
export class TrainingAttendanceInput {
  @Field(() => ID, { description: 'Which team; each once.' })
  team!: string;

  @Field(() => Int, { description: 'How many were there; no more than work in the team.' })
  attended!: number;

  @Field(() => Int, {
    description: 'How many of them for the first time ever; the others refresh what they know.',
  })
  firstTime!: number;
}
