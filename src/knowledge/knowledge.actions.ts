import { type Check, faultsOf, whole } from '../record/fault.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change, changeOne } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { lockTeam } from '../team/team.actions.js';
import { staffOfTeamsOn } from '../team/team-staff.query.js';
import { topicFaults } from '../training/training-topics.query.js';
import type { KnowledgeReportInput } from './knowledge.inputs.js';

/** What a team says of itself; again for the same day, in place of that. NOT_FOUND, INVALID_INPUT. Returns the team's id. */
export function reportKnowledge(ctx: Context, teamId: string, input: KnowledgeReportInput): Promise<string> {
  return write(ctx, async tx => {
    const team = await lockTeam(ctx, tx, teamId, ['team']);
    const { topic, declared, used } = input;
    const today = berlinDay(ctx.now);
    const reportedOn = input.reportedOn ?? today;
    const [staff] = await staffOfTeamsOn(tx, [{ team: team.id, day: reportedOn }]);
    const some: Check = whole(0, staff ?? team.staff);
    refuseFaults(faultsOf({ declared, used }, { declared: some, used: some }));
    if (reportedOn > today)
      refuseFaults([{ path: ['reportedOn'], message: 'Ein Bericht liegt nicht in der Zukunft.' }]);
    if (team.dissolvedOn !== null && team.dissolvedOn <= reportedOn)
      refuseFaults([{ path: ['reportedOn'], message: 'Da gab es dieses Team nicht mehr.' }]);
    const [unknown] = await topicFaults(tx, [topic], []);
    if (unknown) refuseFaults([{ ...unknown, path: ['topic'] }]);
    await change(
      tx,
      sql`delete from knowledge_report where team_id = ${team.id} and topic_code = ${topic} and reported_on = ${reportedOn}::date`,
    );
    await changeOne(
      tx,
      sql`insert into knowledge_report (team_id, topic_code, reported_on, declared, used)
          values (${team.id}, ${topic}, ${reportedOn}::date, ${declared}, ${used})`,
    );
    return team.id;
  });
}
