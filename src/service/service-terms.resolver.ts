import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Contact, contactsOf } from '../partner/contact.type.js';
import type { Context } from '../shared/context.js';
import { Service } from './service.entity.js';
import type { Criterion } from './service-terms.rules.js';
import { Cost, costsOf, criterionOf, documentsOf, RequiredDocument, ServiceCriterion } from './service-terms.types.js';

/** Who may come, what it costs, what to bring and whom to ask: lists that are kept as a whole. */
@Resolver(() => Service)
export class ServiceTermsResolver {
  @FieldResolver(() => [ServiceCriterion], { description: 'Whom it takes, or does not.' })
  async criteria(@Root() service: Service, @Ctx() { loaders }: Context): Promise<ServiceCriterion[]> {
    const criteria = service.criteria as unknown as readonly Criterion[];
    if (criteria.length === 0) return [];
    const needs = await loaders.needs();
    return criteria.map(one => criterionOf(one, needs));
  }

  @FieldResolver(() => [Cost], { description: 'What it costs; empty: it is not said.' })
  costs(@Root() service: Service): Cost[] {
    return costsOf(service.costs);
  }

  @FieldResolver(() => [RequiredDocument], { description: 'What to bring along.' })
  requiredDocuments(@Root() service: Service): RequiredDocument[] {
    return documentsOf(service.requiredDocuments);
  }

  @FieldResolver(() => [Contact], { description: 'Whom to turn to with what, in the order that the partner gave.' })
  contacts(@Root() service: Service): Contact[] {
    return contactsOf(service.contacts);
  }
}
