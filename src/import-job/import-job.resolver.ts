import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { FINDING_CODES, type FindingCode } from '../file/finding.rules.js';
import { Network } from '../network/network.entity.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import { cancelImport, resumeImport } from './import-job.actions.js';
import { ImportFinding, ImportJob } from './import-job.entity.js';
import { findImport, findingsOf, importPage } from './import-job.query.js';
import { noTable } from './import-job.rules.js';
import {
  ImportCount,
  ImportFindingConnection,
  ImportFindingCount,
  ImportFindingsArgs,
  ImportJobConnection,
  ImportJobsArgs,
  ImportPayload,
} from './import-job.types.js';

const german = (code: string): string => FINDING_CODES[code as FindingCode]?.german ?? code;

@Resolver(() => ImportJob)
export class ImportJobResolver {
  @Authorized()
  @Query(() => ImportJob, {
    nullable: true,
    description:
      'An import; `POST /imports` answers with its id. Null where there is none, and for all who do not coordinate its network.',
  })
  importJob(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<ImportJob | null> {
    return findImport(ctx, id);
  }

  @Authorized()
  @Query(() => ImportJobConnection, {
    description: 'Imports into the networks that you coordinate, newest first; for others who are signed in empty.',
  })
  importJobs(@Args(() => ImportJobsArgs) args: ImportJobsArgs, @Ctx() ctx: Context): Promise<ImportJobConnection> {
    return importPage(ctx, args);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ImportPayload, {
    description:
      'Stops an import: one that waits at once, one that runs within a batch of 500 records. What was done stays; a dry run changes nothing anyway. For coordinators of the network.',
  })
  importCancel(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<ImportPayload> {
    return answered(ctx, cancelImport(ctx, id));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ImportPayload, {
    description:
      'Goes on with an import that was cancelled or failed, where it left off. TOO_LATE once the upload is deleted, a day after it came. For coordinators of the network.',
  })
  importResume(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<ImportPayload> {
    return answered(ctx, resumeImport(ctx, id));
  }

  @FieldResolver(() => Network, { description: 'Into which it goes.' })
  network(@Root() { network }: ImportJob): Promise<Network> {
    return network.loadOrFail();
  }

  @FieldResolver(() => String, { nullable: true, description: 'Name of who uploaded it.' })
  async startedBy(@Root() { startedBy }: ImportJob): Promise<string | null> {
    return (await startedBy?.loadOrFail())?.displayName ?? null;
  }

  @FieldResolver(() => Int, { description: 'Rows that were read.' })
  rows(@Root() { counts }: ImportJob): number {
    return counts.rows ?? 0;
  }

  @FieldResolver(() => [ImportCount], {
    description: 'What became of organisations, locations and services so far; of a dry run, what would.',
  })
  counts(@Root() { counts }: ImportJob): ImportCount[] {
    return (['organizations', 'locations', 'services'] as const).map(table =>
      Object.assign(new ImportCount(), { table, ...noTable(), ...counts[table] }),
    );
  }

  @FieldResolver(() => [ImportFindingCount], {
    description:
      'What was found wrong, by code, the worst first; once it has ended. Organisations, locations and services that are unchanged since the last import of the source are not looked at anew.',
  })
  findingCounts(@Root() { summary }: ImportJob): ImportFindingCount[] {
    return summary.map(one => Object.assign(new ImportFindingCount(), one, { message: german(one.code) }));
  }

  @FieldResolver(() => ImportFindingConnection, {
    description: 'The first findings of each code, 200 at most; once it has ended.',
  })
  findings(
    @Root() { id }: ImportJob,
    @Args(() => ImportFindingsArgs) args: ImportFindingsArgs,
    @Ctx() ctx: Context,
  ): Promise<ImportFindingConnection> {
    return findingsOf(ctx, id, args);
  }
}

@Resolver(() => ImportFinding)
export class ImportFindingResolver {
  @FieldResolver(() => String, { description: 'A sentence for people, in German.' })
  message(@Root() { code }: ImportFinding): string {
    return german(code);
  }
}

const answered = (ctx: Context, action: Promise<string>): Promise<ImportPayload> =>
  payload(
    'importJob',
    action.then(id => findImport(ctx, id)),
  );
