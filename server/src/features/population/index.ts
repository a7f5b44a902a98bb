export { servePopulation } from './population.routes.ts';
export { type PeopleRow, type PopulationRow, selectPeople, selectTables } from './population.queries.ts';
