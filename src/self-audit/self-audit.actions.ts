import type { EntityManager } from '@mikro-orm/postgresql';
import { aName, type Fault, faultsOf, optional, someText } from '../record/fault.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { lockTeam } from '../team/team.actions.js';
import { SelfAuditQuestionnaire } from './self-audit.entity.js';
import type { SelfAuditAnswerInput, SelfAuditInput, SelfAuditQuestionnaireInput } from './self-audit.inputs.js';
import { type AuditQuestion, aCode, otherScale, someQuestions } from './self-audit.rules.js';

/** A new edition, the next after those that there are; INVALID_INPUT. For administrators. Returns the id. */
export function addQuestionnaire(ctx: Context, input: SelfAuditQuestionnaireInput): Promise<string> {
  return write(ctx, async tx => {
    const { code, title } = input;
    const questions: AuditQuestion[] = input.questions.map(question => ({ ...question }));
    refuseFaults(
      faultsOf({ code, title, questions: questions as never }, { code: aCode, title: aName, questions: someQuestions }),
    );
    refuseFaults(askedTwice(questions));
    // Two new editions of one questionnaire come one after the other.
    await oneAtATime(tx, `questionnaire ${code}`);
    const editions = await tx.find(SelfAuditQuestionnaire, { code }, { orderBy: { edition: 'desc' } });
    const other = otherScale(
      questions,
      editions.flatMap(one => one.questions),
    );
    if (other >= 0)
      refuseFaults([
        {
          path: ['questions', String(other), 'highest'],
          message: 'Diese Frage hatte bisher eine andere Skala. Bitte ein neues Kürzel nehmen.',
        },
      ]);
    const made = tx.create(SelfAuditQuestionnaire, {
      code,
      title,
      questions,
      edition: (editions[0]?.edition ?? 0) + 1,
      createdAt: ctx.now,
    });
    await tx.flush();
    return made.id;
  });
}

/**
 * A questionnaire as a team filled it in; again for the same day, in place of that. NOT_FOUND, INVALID_INPUT with every
 * fault at its answer. Returns the id.
 */
export function fillSelfAudit(ctx: Context, teamId: string, input: SelfAuditInput): Promise<string> {
  return write(ctx, async tx => {
    const team = await lockTeam(ctx, tx, teamId, ['team']);
    const { questionnaire: which, filledOn, answers } = input;
    const questionnaire = isId(which) ? await tx.findOne(SelfAuditQuestionnaire, { id: which }) : null;
    if (!questionnaire)
      throw new Refusal(UserErrorCode.NOT_FOUND, 'Diesen Fragebogen gibt es nicht.', ['input', 'questionnaire']);
    if (filledOn > berlinDay(ctx.now))
      refuseFaults([{ path: ['filledOn'], message: 'Ausgefüllt wird nicht im Voraus.' }]);
    if (team.dissolvedOn !== null && team.dissolvedOn <= filledOn)
      refuseFaults([{ path: ['filledOn'], message: 'Da gab es dieses Team nicht mehr.' }]);
    refuseFaults(faultsOfAnswers(questionnaire.questions, answers));
    return store(tx, team.id, questionnaire.id, filledOn, answers);
  });
}

const askedTwice = (questions: readonly AuditQuestion[]): Fault[] =>
  questions.flatMap(({ code }, i) =>
    questions.findIndex(other => other.code === code) < i
      ? [{ path: ['questions', String(i), 'code'], message: 'Dieses Kürzel steht schon in der Liste.' }]
      : [],
  );

const aNote = optional(someText(1000));

function faultsOfAnswers(questions: readonly AuditQuestion[], answers: readonly SelfAuditAnswerInput[]): Fault[] {
  if (!answers.some(({ value }) => value != null))
    return [{ path: ['answers'], message: 'Mindestens eine Frage ist zu beantworten.' }];
  return answers.flatMap(({ question: code, value = null, note }, i): Fault[] => {
    const at = (field: string, message: string): Fault[] => [{ path: ['answers', String(i), field], message }];
    const question = questions.find(one => one.code === code);
    if (!question) return at('question', 'Diese Frage stellt der Fragebogen nicht.');
    if (answers.findIndex(other => other.question === code) < i)
      return at('question', 'Diese Frage steht schon in der Liste.');
    const { lowest, highest } = question;
    if (value !== null && (value < lowest || value > highest))
      return at('value', `Möglich ist eine ganze Zahl von ${lowest} bis ${highest}.`);
    return aNote(note || null, ['answers', String(i), 'note']);
  });
}

async function store(
  tx: EntityManager,
  team: string,
  questionnaire: string,
  filledOn: string,
  answers: readonly SelfAuditAnswerInput[],
): Promise<string> {
  await change(
    tx,
    sql`delete from self_audit where team_id = ${team} and questionnaire_id = ${questionnaire} and filled_on = ${filledOn}::date`,
  );
  const [made] = await rowsOf<{ id: string }>(
    tx,
    sql`insert into self_audit (team_id, questionnaire_id, filled_on)
        values (${team}, ${questionnaire}, ${filledOn}::date) returning id`,
  );
  const rows = answers.map(({ question, value, note }) => ({ question, value: value ?? null, note: note || null }));
  await change(
    tx,
    sql`insert into self_audit_answer (audit_id, question, value, note)
        select ${made!.id}::uuid, a.question, a.value, a.note
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a (question text, value int, note text)`,
  );
  return made!.id;
}
