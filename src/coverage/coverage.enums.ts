import { registerEnumType } from 'type-graphql';
import { CoverageStatus } from './coverage.rules.js';
import { CoverageDecay } from './coverage-decay.rules.js';

registerEnumType(CoverageStatus, {
  name: 'CoverageStatus',
  description: 'How well the people of a municipality can reach a place.',
  valuesConfig: {
    COVERED: { description: 'As most others.' },
    STRAINED: { description: 'Less than half as well as people on average.' },
    GAP: { description: 'No service within reach has a place.' },
  },
});

registerEnumType(CoverageDecay, {
  name: 'CoverageDecay',
  description: 'How the worth of a place falls with the way to it. Beyond the catchment it is 0.',
  valuesConfig: {
    GAUSSIAN: { description: 'exp(−½(d/σ)²), σ half of the catchment.' },
    BINARY: { description: 'Not at all within the catchment.' },
    ZONES: { description: 'By thirds of the catchment: 1, 0.68, 0.22.' },
  },
});
