import { registerEnumType } from 'type-graphql';
import {
  MeasureField,
  MeasureIndicator,
  MeasureStatus,
  MeasureUnit,
  ReadingSource,
  ReviewDecision,
} from './action-plan.rules.js';
import { TrafficLight } from './measure-progress.rules.js';

registerEnumType(MeasureField, {
  name: 'MeasureField',
  description: 'What a measure of an action plan is about (Handlungsfeld).',
  valuesConfig: {
    TRAINING: { description: 'Training of staff (Schulung).' },
    NETWORK: { description: 'The network and its partners (Netzwerkarbeit).' },
    ACCESSIBILITY: { description: 'Accessible places (Barrierefreiheit).' },
    PLACEMENT: { description: 'Counselling and placement (Vermittlung).' },
    INFORMATION: { description: 'Information of clients, employers and the public (Öffentlichkeitsarbeit).' },
  },
});

registerEnumType(MeasureStatus, {
  name: 'MeasureStatus',
  description: 'What is done about a measure.',
  valuesConfig: {
    PLANNED: { description: 'Not begun.' },
    UNDER_WAY: { description: 'Being worked on.' },
    DONE: { description: 'Done.' },
    DROPPED: { description: 'Given up.' },
  },
});

registerEnumType(MeasureUnit, {
  name: 'MeasureUnit',
  description: 'In what a target is counted.',
  valuesConfig: {
    PERCENT: { description: 'Per cent, 0 to 100.' },
    COUNT: { description: 'Pieces of whatever the measure counts.' },
    PEOPLE: { description: 'People.' },
    PLACES: { description: 'Places.' },
    HOURS: { description: 'Hours.' },
  },
});

registerEnumType(MeasureIndicator, {
  name: 'MeasureIndicator',
  description: 'What tells how far a measure is (Kennzahl).',
  valuesConfig: {
    MANUAL: { description: 'Somebody enters it.' },
    STAFF_TRAINED: { description: 'Share of the staff of all teams trained in `topic`, in per cent.' },
    SITES_ASSESSED: {
      description:
        "Share of the Jobcenter's sites with a completed accessibility assessment since `since`, in per cent.",
    },
    PARTNERS_IN_CATEGORY: { description: 'Published partners that offer something in `category` or below it.' },
    FREE_PLACES_IN_CATEGORY: {
      description: 'Free places in `category` or below it, as everybody sees them: of discreet services rounded down.',
    },
    REFERRALS_WITH_OUTCOME: {
      description:
        'Clients whose referral was completed with `outcome` in the whole calendar months between beginning and due day, until the end of last month, in `category` or any. In whole fives; fewer than five are not told.',
    },
    FRESHNESS: { description: 'Share of the records of `subject` that were confirmed within 30 days, in per cent.' },
  },
});

registerEnumType(ReadingSource, {
  name: 'ReadingSource',
  description: 'Where a reading comes from.',
  valuesConfig: {
    BY_HAND: { description: 'Somebody entered it.' },
    MEASURED: { description: 'The hub measured it.' },
  },
});

registerEnumType(ReviewDecision, {
  name: 'ReviewDecision',
  description: 'What a review of a measure decided.',
  valuesConfig: {
    CONTINUE: { description: 'Go on as planned; what was given up is taken up again.' },
    ADJUST: { description: 'Target or due day were changed; what was given up is taken up again.' },
    STOP: { description: 'Give the measure up: its status is DROPPED.' },
  },
});

registerEnumType(TrafficLight, {
  name: 'TrafficLight',
  description: 'How a measure stands against its plan (Ampel); `rule` beside it says why.',
  valuesConfig: {
    GREEN: { description: 'At most 10 percentage points of the way behind; at the due day: reached.' },
    YELLOW: {
      description:
        'At most 25 percentage points behind, or the reading is older than 92 days; at the due day: 90 % of the way.',
    },
    RED: { description: 'Further behind, or due without any reading.' },
    GREY: { description: 'Nothing can be said: not begun, no reading yet, or given up.' },
  },
});
