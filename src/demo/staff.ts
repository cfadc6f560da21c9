import { addDays, addMonths, berlinDay, isWorkingDay } from '../shared/calendar.rules.js';
import { networkId } from './geography.js';
import { siteId } from './jobcenters.js';
import { partnerId } from './partners/partners.js';
import { demoId } from './random.js';
import { MIAR_ANSWERS, MIAR_QUESTIONNAIRE } from './self-audits.data.js';
import { COURSES, type DemoCourse, REPORTS, TEAMS } from './staff.data.js';
import type { Tables } from './world.js';

const teamId = (network: string, name: string): string => demoId(`team/${network}/${name}`);

/** Teams with whom to ask, what they were trained in and know, and how they saw themselves. */
export function staffRows(now: Date): Tables {
  const courses = COURSES.map(course => ({ ...course, id: demoId(`course/${course.network}/${course.title}`) }));
  const held = courses.flatMap(course => sessionsOf(course, course.id, now));
  return [
    ['team', teams()],
    ['team_contact', contacts()],
    [
      'training_course',
      courses.map(({ id, network, title, topics, provider, hours }) => ({
        id,
        network_id: networkId(network),
        title,
        topics,
        provider_id: partnerId(provider),
        hours,
      })),
    ],
    ['training_session', held.map(({ session }) => session)],
    ['training_attendance', held.flatMap(({ attendance }) => attendance)],
    ['knowledge_report', reports(now)],
    ...selfAudits(),
  ];
}

const each = <T>(of: (network: string, index: number) => readonly T[]): T[] => Object.keys(TEAMS).flatMap(of);

const teams = () =>
  each(network =>
    TEAMS[network]!.map(({ name, staff, site }) => ({
      id: teamId(network, name),
      network_id: networkId(network),
      location_id: siteId(`jobcenter-${network}`, site),
      name,
      staff,
    })),
  );

const contacts = () =>
  each((network, at) =>
    TEAMS[network]!.flatMap(({ name, contacts: all }, number) =>
      all.map(([responsibility, topics], position) => ({
        id: demoId(`team-contact/${network}/${name}/${position}`),
        team_id: teamId(network, name),
        responsibility,
        topics,
        // Numbers for films: nobody answers.
        phone: `+49 221 4710 ${800 + at * 20 + number}`,
        email: `${responsibility.toLowerCase().replace(/[^a-z]+/g, '-')}@jobcenter-${network}.example`,
        position,
      })),
    ),
  );

/** The sessions of a course, oldest first; who comes for the first time comes from the teams with most left to train. */
function sessionsOf({ network, sessions }: DemoCourse, course: string, now: Date) {
  let left = new Map(TEAMS[network]!.map(({ name, staff }) => [name, staff]));
  let earlier: string | null = null;
  return sessions
    .map(([when, firstTime]) => ({ day: dayOf(when, now), firstTime }))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ day, firstTime }) => {
      // Years later all are to be trained again.
      if (earlier !== null && addMonths(earlier, 36) < day)
        left = new Map(TEAMS[network]!.map(({ name, staff }) => [name, staff]));
      earlier = day;
      const id = demoId(`session/${course}/${day}`);
      const came = dealt(firstTime, left);
      for (const [name, count] of came) left.set(name, left.get(name)! - count);
      return {
        session: { id, network_id: networkId(network), course_id: course, held_on: day, held_until: day, seats: 25 },
        attendance: [...came].map(([name, count]) => ({
          session_id: id,
          team_id: teamId(network, name),
          network_id: networkId(network),
          attended: count,
          first_time: count,
        })),
      };
    });
}

/** So many people, one by one from the team of which most are left. */
function dealt(count: number, left: ReadonlyMap<string, number>): Map<string, number> {
  const came = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const [name, most] = [...left]
      .map(([team, staff]) => [team, staff - (came.get(team) ?? 0)] as const)
      .reduce((a, b) => (b[1] > a[1] ? b : a));
    if (most <= 0) throw new Error('More came than work there.');
    came.set(name, (came.get(name) ?? 0) + 1);
  }
  return came;
}

/** A day, or a working day so many months ago. */
function dayOf(when: string | number, now: Date): string {
  if (typeof when === 'string') return when;
  let day = addMonths(berlinDay(now), -when);
  while (!isWorkingDay(day)) day = berlinDay(addDays(new Date(`${day}T12:00:00Z`), -1));
  return day;
}

const reports = (now: Date) =>
  REPORTS.flatMap(({ network, topic, reports: said }) =>
    said.flatMap(([when, declared, used]) =>
      TEAMS[network]!.map(({ name, staff }) => ({
        team_id: teamId(network, name),
        topic_code: topic,
        reported_on: typeof when === 'string' ? when : berlinDay(addDays(now, -when)),
        declared: Math.round(staff * declared),
        used: Math.round(staff * used),
      })),
    ),
  );

function selfAudits(): Tables {
  const { code, edition, title, questions } = MIAR_QUESTIONNAIRE;
  const questionnaire = demoId(`questionnaire/${code}/${edition}`);
  const filled = Object.entries(MIAR_ANSWERS).flatMap(([network, years]) =>
    years.flatMap(([on, answers]) =>
      TEAMS[network]!.map(({ name }, i) => ({
        id: demoId(`self-audit/${network}/${name}/${on}`),
        network,
        name,
        on,
        answers,
        i,
      })),
    ),
  );
  return [
    [
      'self_audit_questionnaire',
      [{ id: questionnaire, code, edition, title, questions, created_at: '2013-05-02T10:00:00Z' }],
    ],
    [
      'self_audit',
      filled.map(({ id, network, name, on }) => ({
        id,
        team_id: teamId(network, name),
        questionnaire_id: questionnaire,
        filled_on: on,
      })),
    ],
    [
      'self_audit_answer',
      filled.flatMap(({ id, answers, i }) =>
        questions.map((question, q) => ({
          audit_id: id,
          question: question.code,
          // The last team of each network sees itself a little better than the others.
          value: Math.min(question.highest, answers[q]! + (i === 2 && q !== 3 ? 1 : 0)),
          note: null,
        })),
      ),
    ],
  ];
}
