import type { Service } from './service.entity.js';
import type { ServiceCapacity } from './service-capacity.entity.js';

/** What is stored of the places of a service. */
export type StoredCapacity = Omit<ServiceCapacity, 'service'>;

const told = new WeakMap<Service, StoredCapacity>();

/** A statement that wrote them has told the places of a service: what is answered to it need not read them again. */
export const tellPlaces = (service: Service, places: StoredCapacity): unknown => told.set(service, places);

/** Undefined where nothing was told of it since the request began to read. */
export const toldPlaces = (service: Service): StoredCapacity | undefined => told.get(service);
