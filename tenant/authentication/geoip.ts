import type { JsonObject } from "../entities.ts";

// Requests come from this machine, which is nowhere on the map; policies get one fixed place, so that runs repeat.

/** `context.request.geoip` of rules and hooks. */
export const ruleGeoip: JsonObject = {
  country_code: "DE",
  country_code3: "DEU",
  country_name: "Germany",
  city_name: "Berlin",
  latitude: 52.52,
  longitude: 13.405,
  time_zone: "Europe/Berlin",
  continent_code: "EU",
  subdivision_code: "BE",
  subdivision_name: "Land Berlin",
};

/** `event.request.geoip` of actions. */
export const eventGeoip: JsonObject = {
  countryCode: "DE",
  countryCode3: "DEU",
  countryName: "Germany",
  cityName: "Berlin",
  latitude: 52.52,
  longitude: 13.405,
  timeZone: "Europe/Berlin",
  continentCode: "EU",
  subdivisionCode: "BE",
  subdivisionName: "Land Berlin",
};
