# SPDX-License-Identifier: Apache-2.0
"""The demonstration data keep their promises.

Every check is a function from the data to a list of complaints. Each is run twice: on the data as shipped
(no complaint) and on a copy spoilt in one place (at least one complaint), so no check can pass by being blind.
"""

import copy
import csv
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from stdnum import numdb
from stdnum.cn import uscc

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "infrastructure" / "demonstration" / "data"
CODES = ROOT / "domain" / "resources" / "codes"
JURISDICTIONS = ("jiangsu", "chongqing")
TABLES = ("legal_persons", "units", "instruments", "users")

UNIT_KINDS = {
    "jiangsu": {
        "provincial_university",
        "provincial_research_institute",
        "other_holder_of_public_resources",
        "ministry_affiliated_university",
    },
    "chongqing": {"university", "research_institute", "enterprise", "other"},
}
PERSON_KINDS = {
    "university",
    "research_institute",
    "enterprise",
    "social_rd_organisation",
    "hospital",
    "government_department",
    "operator",
    "city_government",
}
USER_KINDS = {"university", "research_institute", "enterprise", "social_rd_organisation", "individual"}
ROLES = {
    "user",
    "instrument_manager",
    "unit_administrator",
    "finance_clerk",
    "sme_contact",
    "science_department_officer",
    "finance_department_officer",
    "service_centre_officer",
    "auditor",
    "individual",
    "competent_department_officer",
    "council_member",
    "council_office_officer",
    "expert",
    "broker",
    "site_staff",
    "third_party_reviewer",
}
OFFICERS = {
    "science_department_officer": 2,
    "finance_department_officer": 2,
    "service_centre_officer": 2,
    "auditor": 1,
    "competent_department_officer": 1,
    "council_member": 1,
    "council_office_officer": 1,
}
FUNDER_KINDS = {"jiangsu": {"province", "prefecture_city"}, "chongqing": {"municipality"}}
MODES = {"self_operated", "operator_assisted", "commissioned_test"}
FEES = ("internal", "university", "research_institute", "enterprise", "social_rd_organisation", "individual")
COSTS = ("material", "running", "labour")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONEY = re.compile(r"(0|[1-9]\d*)\.\d{2}")
WINDOW = re.compile(r"(\w{3})(?:-(\w{3}))? (\d{2}):(\d{2})-(\d{2}):(\d{2})")
# The check character of the organisation part, GB 11714; positions 9-17 of a credit code.
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
PREFIX = {
    "university": "12",
    "research_institute": "12",
    "hospital": "12",
    "enterprise": "91",
    "operator": "91",
    "social_rd_organisation": "52",
    "city_government": "11",
}

Row = dict[str, str]
Data = dict[str, Any]
Complaints = list[str]


def read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_data() -> Data:
    data: Data = {
        "codes": {
            name: read_csv(CODES / f"{name}.csv")
            for name in ("nrii_instrument_classes", "subjects", "origin_countries")
        }
    }
    for jurisdiction in JURISDICTIONS:
        folder = DATA / jurisdiction
        data[jurisdiction] = {table: read_csv(folder / f"{table}.csv") for table in TABLES}
        for name in ("vouchers", "houses"):
            data[jurisdiction][name] = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    return data


def every(data: Data, table: str) -> Iterator[tuple[str, Row]]:
    for jurisdiction in JURISDICTIONS:
        for row in data[jurisdiction][table]:
            yield jurisdiction, row


def instruments(data: Data) -> Iterator[Row]:
    return (row for _, row in every(data, "instruments"))


def windows(text: str) -> list[tuple[set[str], int, int]]:
    """The windows of an opening-hours text as (days, first minute, last minute); ValueError if it is not one."""
    result = []
    for part in text.split("; "):
        match = WINDOW.fullmatch(part)
        if match is None:
            raise ValueError(f"no window: {part!r}")
        first, last, *clock = match.groups()
        from_day, to_day = DAYS.index(first), DAYS.index(last or first)
        hour, minute, end_hour, end_minute = map(int, clock)
        begin, end = hour * 60 + minute, end_hour * 60 + end_minute
        if from_day > to_day or begin >= end or end > 1440 or minute > 59 or end_minute > 59:
            raise ValueError(f"impossible window: {part!r}")
        result.append((set(DAYS[from_day : to_day + 1]), begin, end))
    return result


# --- checks ---------------------------------------------------------------------------------------------------


def no_duplicates(data: Data) -> Complaints:
    keys = {
        "legal_persons": ("code", "name_zh"),
        "units": ("unit_code", "name_zh", "portal_url"),
        "instruments": ("asset_no",),
        "users": ("user_code", "phone", "email"),
    }
    found = []
    for table, columns in keys.items():
        for column in columns:
            counts = Counter(row[column] for _, row in every(data, table))
            found += [f"{table}.{column} {value} x{count}" for value, count in counts.items() if count > 1]
    for column in ("tech_sme_no",):
        counts = Counter(row[column] for _, row in every(data, "legal_persons") if row[column])
        found += [f"{column} {value} x{count}" for value, count in counts.items() if count > 1]
    for column in ("customs_notice_no",):
        counts = Counter(row[column] for row in instruments(data) if row[column])
        found += [f"{column} {value} x{count}" for value, count in counts.items() if count > 1]
    for jurisdiction in JURISDICTIONS:
        counts = Counter(row["name_zh"] for row in data[jurisdiction]["users"])
        found += [f"user {name} x{count}" for name, count in counts.items() if count > 1]
    return found


def foreign_keys_resolve(data: Data) -> Complaints:
    found = []
    for jurisdiction in JURISDICTIONS:
        here = data[jurisdiction]
        persons = {row["code"]: row for row in here["legal_persons"]}
        units = {row["unit_code"]: row for row in here["units"]}
        departments = {row["name_zh"] for row in persons.values() if row["kind"] == "government_department"}
        for row in here["units"]:
            if row["legal_person_code"] not in persons:
                found.append(f"{row['unit_code']}: legal person")
            if row["competent_department"] not in departments:
                found.append(f"{row['unit_code']}: competent department")
        found += [f"{row['asset_no']}: unit" for row in here["instruments"] if row["unit_code"] not in units]
        for row in here["users"]:
            person, unit = row["legal_person_code"], row["unit_code"]
            if person and person not in persons:
                found.append(f"{row['user_code']}: legal person")
            if unit and (unit not in units or units[unit]["legal_person_code"] != person):
                found.append(f"{row['user_code']}: unit")
        for programme in here["vouchers"]["programmes"]:
            found += [
                f"{programme['number']}: funder"
                for funder in programme["funders"]
                if funder["legal_person_code"] not in persons
            ]
        found += [f"houses: {code}" for code in here["houses"].get("units", {}) if code not in units]
    return found


def credit_codes_are_right(data: Data) -> Complaints:
    found = []
    for _, row in every(data, "legal_persons"):
        code = row["code"]
        if code != uscc.compact(code) or not uscc.is_valid(code):
            found.append(f"{code}: check digit")
            continue
        body = [int(char) if char.isdigit() else ord(char) - 55 for char in code[8:16]]
        remainder = sum(value * weight for value, weight in zip(body, ORGANISATION_WEIGHTS, strict=True)) % 11
        if code[16] != "0X987654321"[remainder]:
            found.append(f"{code}: organisation part")
        expected = {PREFIX[row["kind"]]} if row["kind"] in PREFIX else {"11", "12"}
        if code[:2] not in expected:
            found.append(f"{code}: prefix for {row['kind']}")
    return found


def regions_are_unassigned(data: Data) -> Complaints:
    known = numdb.get("cn/loc")

    def assigned(region: str) -> bool:
        return not region.startswith("99") or any(properties for _, properties in known.info(region))

    rows = [row for _, row in every(data, "legal_persons")]
    regions = [(row["code"], row["code"][2:8]) for row in rows]
    regions += [(row["code"], row["tech_sme_no"][4:10]) for row in rows if row["tech_sme_no"]]
    return [f"{code}: region {region}" for code, region in regions if assigned(region)]


def enumerations_are_known(data: Data) -> Complaints:
    found = []

    def known(name: str, value: str, allowed: set[str]) -> None:
        if value not in allowed:
            found.append(f"{name}: {value!r}")

    for _, row in every(data, "legal_persons"):
        known(row["code"], row["kind"], PERSON_KINDS)
        known(row["code"], row["budget_status"], {"departmental_budget", "other"})
    for jurisdiction, row in every(data, "units"):
        known(row["unit_code"], row["kind"], UNIT_KINDS[jurisdiction])
    for row in instruments(data):
        known(row["asset_no"], row["confirmation"], {"automatic", "manual"})
        known(row["asset_no"], row["duty_free"], {"true", "false"})
        known(row["asset_no"], row["slot_minutes"], {"30", "60"})
        known(row["asset_no"], row["rated_hours_per_year"], {"800", "1440"})
        for mode in row["service_mode"].split(";"):
            known(row["asset_no"], mode, MODES)
    for _, row in every(data, "users"):
        known(row["user_code"], row["kind"], ROLES)
        known(row["user_code"], row["user_kind"], {""} if row["kind"] in OFFICERS else USER_KINDS)
    return found


def national_codes_exist(data: Data) -> Complaints:
    classes = data["codes"]["nrii_instrument_classes"]
    leaves = {row["code"] for row in classes} - {row["parent"] for row in classes}
    subjects = {row["code"] for row in data["codes"]["subjects"]}
    countries = {row["code"] for row in data["codes"]["origin_countries"]}
    found = []
    for row in instruments(data):
        for column, allowed in (
            ("nrii_class_code", leaves),
            ("subject_code", subjects),
            ("origin_country_code", countries),
        ):
            if row[column] not in allowed:
                found.append(f"{row['asset_no']}: {column} {row[column]}")
    return found


def code_lists_are_whole(data: Data) -> Complaints:
    found = []
    expected = {"nrii_instrument_classes": 739, "subjects": 62, "origin_countries": 240}
    for name, count in expected.items():
        rows = data["codes"][name]
        codes = {row["code"] for row in rows}
        if len(rows) != count or len(codes) != count:
            found.append(f"{name}: {len(rows)} rows, {len(codes)} codes")
        found += [f"{name}: parent of {row['code']}" for row in rows if row["parent"] and row["parent"] not in codes]
        found += [f"{name}: {row['code']} has no name" for row in rows if not row["name"].strip()]
    return found


def money_has_two_decimals(data: Data) -> Complaints:
    found = []
    for row in instruments(data):
        for column, value in row.items():
            if column.endswith("_yuan") and not MONEY.fullmatch(value):
                found.append(f"{row['asset_no']}: {column} {value!r}")
    for jurisdiction in JURISDICTIONS:
        for programme in data[jurisdiction]["vouchers"]["programmes"]:
            amounts = [programme["annual_cap_per_beneficiary_yuan"]]
            amounts += [funder["budget_yuan"] for funder in programme["funders"]]
            found += [f"{programme['number']}: {text!r}" for text in amounts if not MONEY.fullmatch(str(text))]
    return found


def fees_never_exceed_cost(data: Data) -> Complaints:
    found = []
    for row in instruments(data):
        cost = sum(Decimal(row[f"cost_{element}_yuan"]) for element in COSTS)
        fees = {kind: Decimal(row[f"fee_{kind}_yuan"]) for kind in FEES}
        found += [f"{row['asset_no']}: fee {kind} {fee} > {cost}" for kind, fee in fees.items() if fee > cost]
        hours = Decimal(row["min_minutes"]) / 60
        if max(fees.values()) * hours + Decimal(row["startup_fee_yuan"]) > cost * hours:
            found.append(f"{row['asset_no']}: the start-up fee makes the shortest booking profitable")
        if any(fees["internal"] >= fee for kind, fee in fees.items() if kind != "internal"):
            found.append(f"{row['asset_no']}: internal use is not cheaper")
        if min(fees.values()) <= 0:
            found.append(f"{row['asset_no']}: a fee is not positive")
    return found


def opening_hours_are_on_the_grid(data: Data) -> Complaints:
    found = []
    for row in instruments(data):
        slot = int(row["slot_minutes"])
        try:
            parts = windows(row["opening_hours"])
        except ValueError as error:
            found.append(f"{row['asset_no']}: {error}")
            continue
        if any(edge % slot for _, begin, end in parts for edge in (begin, end)):
            found.append(f"{row['asset_no']}: off the grid")
        for place, (days, begin, end) in enumerate(parts):
            for other_days, other_begin, other_end in parts[:place]:
                if days & other_days and begin < other_end and other_begin < end:
                    found.append(f"{row['asset_no']}: windows overlap")
    return found


def durations_fit_the_slots(data: Data) -> Complaints:
    found = []
    for row in instruments(data):
        slot, least, most, setup, cleanup, capacity = (
            int(row[column])
            for column in (
                "slot_minutes",
                "min_minutes",
                "max_minutes",
                "setup_minutes",
                "cleanup_minutes",
                "capacity",
            )
        )
        if least % slot or most % slot or setup % slot or cleanup % slot:
            found.append(f"{row['asset_no']}: not a multiple of the slot")
        if not 0 < least <= most or setup < 0 or cleanup < 0 or capacity < 1:
            found.append(f"{row['asset_no']}: impossible length or capacity")
        try:
            longest = max(end - begin for _, begin, end in windows(row["opening_hours"]))
        except ValueError:
            continue  # reported by opening_hours_are_on_the_grid
        if setup + most + cleanup > longest:
            found.append(f"{row['asset_no']}: the longest booking never fits")
    return found


def shares_are_shares(data: Data) -> Complaints:
    found = []
    for row in instruments(data):
        fiscal, state = Decimal(row["fiscal_share"]), Decimal(row["state_capital_share"])
        if fiscal < 0 or state < 0 or fiscal + state > 1:
            found.append(f"{row['asset_no']}: {fiscal} + {state}")
    for jurisdiction in JURISDICTIONS:
        for programme in data[jurisdiction]["vouchers"]["programmes"]:
            shares = [Decimal(funder["share"]) for funder in programme["funders"]]
            if sum(shares) != 1 or min(shares) <= 0:
                found.append(f"{programme['number']}: shares {shares}")
    return found


def programmes_run_by_the_year(data: Data) -> Complaints:
    found = []
    for jurisdiction in JURISDICTIONS:
        programmes = data[jurisdiction]["vouchers"]["programmes"]
        if sorted(programme["year"] for programme in programmes) != [2024, 2025, 2026]:
            found.append(f"{jurisdiction}: years")
        for programme in programmes:
            opens, closes = programme["opens_on"], programme["closes_on"]
            if not (opens.year == programme["year"] and opens < closes):
                found.append(f"{programme['number']}: period")
    return found


def programmes_have_terms(data: Data) -> Complaints:
    found = []
    for jurisdiction in JURISDICTIONS:
        for programme in data[jurisdiction]["vouchers"]["programmes"]:
            ratio, coverage = Decimal(programme["subsidy_ratio"]), Decimal(programme["max_coverage_of_fee"])
            services = programme["eligible_services"]
            terms = {
                "ratio and coverage": 0 < ratio <= coverage <= 1,
                "payee": programme["payee"] == "provider",
                "settlement mode": programme["settlement_mode"] in {"deduction", "subsidy"},
                "days": min(programme["validity_days"], programme["redemption_deadline_days"]) > 0,
                "eligible services": bool(services) and set(services) <= MODES,
                "title and decision": all(programme[key] for key in ("title_zh", "title_en", "decision_reference")),
            }
            found += [f"{programme['number']}: {term}" for term, holds in terms.items() if not holds]
    return found


def programmes_have_the_right_funders(data: Data) -> Complaints:
    found = []
    for jurisdiction in JURISDICTIONS:
        here = data[jurisdiction]
        department = {row["legal_person_code"] for row in here["users"] if row["kind"] == "science_department_officer"}
        bodies = {
            "province": department,
            "municipality": department,
            "prefecture_city": {row["code"] for row in here["legal_persons"] if row["kind"] == "city_government"},
        }
        for programme in here["vouchers"]["programmes"]:
            funders = [(funder["kind"], funder["legal_person_code"]) for funder in programme["funders"]]
            if {kind for kind, _ in funders} != FUNDER_KINDS[jurisdiction]:
                found.append(f"{programme['number']}: kinds of funders")
            found += [
                f"{programme['number']}: {code} is no {kind}"
                for kind, code in funders
                if code not in bodies.get(kind, ())
            ]
    return found


def house_rules_are_sane(data: Data) -> Complaints:
    found = []
    for jurisdiction in JURISDICTIONS:
        houses = data[jurisdiction]["houses"]
        for name, rule in [("default", houses["default"]), *houses.get("units", {}).items()]:
            values = [rule[key] for key in ("earliest_days", "latest_minutes", "cancel_minutes", "grace_minutes")]
            if min(values) < 0 or rule["latest_minutes"] >= rule["earliest_days"] * 1440:
                found.append(f"{jurisdiction} {name}: {values}")
            if not isinstance(rule["published_on"], date):
                found.append(f"{jurisdiction} {name}: published_on")
    return found


def dates_follow_each_other(data: Data) -> Complaints:
    found = []
    for row in instruments(data):
        acquired, accepted = (date.fromisoformat(row[column]) for column in ("acquired_on", "accepted_on"))
        if acquired >= accepted or accepted > date(2026, 12, 31):
            found.append(f"{row['asset_no']}: acquired {acquired}, accepted {accepted}")
        if row["asset_no"].split("-")[-1][:4] != str(acquired.year):
            found.append(f"{row['asset_no']}: year in the number")
        duty_free = row["duty_free"] == "true"
        if duty_free != bool(row["customs_notice_no"]) or duty_free != bool(row["customs_valid_until"]):
            found.append(f"{row['asset_no']}: customs columns")
        if row["customs_valid_until"] and date.fromisoformat(row["customs_valid_until"]) <= accepted:
            found.append(f"{row['asset_no']}: supervision ends before acceptance")
    for _, row in every(data, "legal_persons"):
        parts = [row[c] for c in ("tech_sme_no", "tech_sme_valid_from", "tech_sme_valid_until")]
        if any(parts) != all(parts) or (all(parts) and row["kind"] != "enterprise"):
            found.append(f"{row['code']}: technology-SME evidence")
        elif all(parts) and date.fromisoformat(parts[1]) >= date.fromisoformat(parts[2]):
            found.append(f"{row['code']}: technology-SME period")
    return found


def contacts_reach_nobody(data: Data) -> Complaints:
    found = []
    for _, row in every(data, "users"):
        if not re.fullmatch(r"199000\d{5}", row["phone"]):
            found.append(f"{row['user_code']}: {row['phone']}")
        if not re.fullmatch(r"[a-z0-9.]+@[a-z0-9.-]+\.example", row["email"]):
            found.append(f"{row['user_code']}: {row['email']}")
    for _, row in every(data, "units"):
        if not re.fullmatch(r"https://[a-z0-9.-]+\.example/", row["portal_url"]):
            found.append(f"{row['unit_code']}: {row['portal_url']}")
    return found


def units_are_staffed(data: Data) -> Complaints:
    found = []
    for jurisdiction in JURISDICTIONS:
        here = data[jurisdiction]
        in_units = {(row["unit_code"], row["kind"]) for row in here["users"]}
        in_persons = {(row["legal_person_code"], row["kind"]) for row in here["users"]}
        wanted_in_units = {
            (row["unit_code"], role) for row in here["units"] for role in ("instrument_manager", "finance_clerk")
        }
        wanted_in_persons = {(row["legal_person_code"], "unit_administrator") for row in here["units"]}
        wanted_in_persons |= {(row["code"], "sme_contact") for row in here["legal_persons"] if row["tech_sme_no"]}
        found += [f"{code}: no {role}" for code, role in wanted_in_units - in_units]
        found += [f"{code}: no {role}" for code, role in wanted_in_persons - in_persons]
    return found


def authorities_are_staffed(data: Data) -> Complaints:
    found = []
    for jurisdiction in JURISDICTIONS:
        users = data[jurisdiction]["users"]
        counts = Counter(row["kind"] for row in users)
        least = {**OFFICERS, "individual": 2}
        found += [f"{jurisdiction}: {counts[role]} {role}" for role, count in least.items() if counts[role] < count]
        bodies = {(row["kind"], row["legal_person_code"]) for row in users if row["kind"] in OFFICERS}
        spread = Counter(role for role, _ in bodies)
        found += [f"{jurisdiction}: {role} of several bodies" for role, count in spread.items() if count > 1]
    return found


def there_are_enough_instruments(data: Data) -> Complaints:
    rows = list(instruments(data))
    found = []
    counts = {
        "instruments": (len(rows), 64),
        "instruments in Jiangsu": (len(data["jiangsu"]["instruments"]), 40),
        "instruments in Chongqing": (len(data["chongqing"]["instruments"]), 30),
        "units with instruments": (len({row["unit_code"] for row in rows}), 20),
        "classes": (len({row["nrii_class_code"] for row in rows}), 40),
    }
    for jurisdiction in JURISDICTIONS:
        here = data[jurisdiction]
        owners = {row["unit_code"]: row["legal_person_code"] for row in here["units"]}
        used = {row["unit_code"] for row in here["instruments"]}
        counts[f"holders in {jurisdiction}"] = (len({owners[code] for code in used if code in owners}), 10)
        found += [f"{code}: no instruments" for code in owners.keys() - used]
    found += [f"{count} {what}, not {least}" for what, (count, least) in counts.items() if count < least]
    found += [
        f"{row['asset_no']}: price {row['price_yuan']}"
        for row in rows
        if not Decimal(150000) <= Decimal(row["price_yuan"]) <= Decimal(12000000)
    ]
    return found


def there_are_enough_customers(data: Data) -> Complaints:
    found = []
    for jurisdiction in JURISDICTIONS:
        here = data[jurisdiction]
        persons = here["legal_persons"]
        holders = {row["legal_person_code"] for row in here["units"]}
        smes = [row for row in persons if row["tech_sme_no"]]
        plain = [
            row for row in persons if row["kind"] == "enterprise" and row not in smes and row["code"] not in holders
        ]
        counts = {
            "technology SMEs": (len(smes), 8),
            "lapsed technology SMEs": (sum(row["tech_sme_valid_until"] < "2026-01-01" for row in smes), 1),
            "SMEs valid through 2026": (sum(row["tech_sme_valid_until"] >= "2026-12-31" for row in smes), 7),
            "other enterprises": (len(plain), 2),
            "professional institutions": (sum(row["kind"] == "operator" for row in persons), 1),
        }
        found += [f"{jurisdiction}: {count} {what}" for what, (count, least) in counts.items() if count < least]
    return found


def texts_are_within_national_limits(data: Data) -> Complaints:
    limits = {
        "name_zh": 100,
        "name_en": 100,
        "model": 100,
        "manufacturer": 50,
        "location": 100,
        "service_content_zh": 200,
    }
    found = []
    for row in instruments(data):
        for column, limit in limits.items():
            if not 0 < len(row[column]) <= limit or row[column] != row[column].strip():
                found.append(f"{row['asset_no']}: {column}")
        if not re.search(r"[\u4e00-\u9fff]", row["name_zh"]) or not row["name_en"].isascii():
            found.append(f"{row['asset_no']}: language of a name")
        if not all(alias.strip() for alias in row["aliases"].split(";")):
            found.append(f"{row['asset_no']}: aliases")
    return found


# --- the spoilt copies ----------------------------------------------------------------------------------------

Spoil = Callable[[Data], None]


def put(table: str, column: str, value: str | Callable[[Row], str], place: int = 0) -> Spoil:
    def spoil(data: Data) -> None:
        row = data["jiangsu"][table][place]
        row[column] = value(row) if callable(value) else value

    return spoil


def cost_plus_a_fen(row: Row) -> str:
    return str(sum(Decimal(row[f"cost_{element}_yuan"]) for element in COSTS) + Decimal("0.01"))


def recode(region: str, prefix: str = "12") -> Callable[[Row], str]:
    def code(row: Row) -> str:
        body = prefix + region + row["code"][8:17]
        return body + uscc.calc_check_digit(body)

    return code


def wrong_check_digit(row: Row) -> str:
    return row["code"][:17] + ("0" if row["code"][17] != "0" else "1")


def wrong_organisation_part(row: Row) -> str:
    body = row["code"][:16] + ("0" if row["code"][16] != "0" else "1")
    return body + uscc.calc_check_digit(body)


def again(table: str, column: str) -> Spoil:
    def spoil(data: Data) -> None:
        rows = data["jiangsu"][table]
        rows[1][column] = rows[0][column]

    return spoil


def programme(key: str, value: object) -> Spoil:
    def spoil(data: Data) -> None:
        data["jiangsu"]["vouchers"]["programmes"][0][key] = value

    return spoil


def funder(key: str, value: str, place: int = 0) -> Spoil:
    def spoil(data: Data) -> None:
        data["jiangsu"]["vouchers"]["programmes"][0]["funders"][place][key] = value

    return spoil


def house(key: str, value: object) -> Spoil:
    def spoil(data: Data) -> None:
        data["chongqing"]["houses"]["default"][key] = value

    return spoil


def without(table: str, column: str, value: str) -> Spoil:
    def spoil(data: Data) -> None:
        rows = data["jiangsu"][table]
        kept = [row for row in rows if row[column] != value]
        assert len(kept) < len(rows), "nothing was taken away"
        rows[:] = kept

    return spoil


def only(jurisdiction: str, table: str, count: int) -> Spoil:
    def spoil(data: Data) -> None:
        del data[jurisdiction][table][count:]

    return spoil


def drop_code(name: str) -> Spoil:
    def spoil(data: Data) -> None:
        del data["codes"][name][-1]

    return spoil


SPOILT: dict[Callable[[Data], Complaints], dict[str, Spoil]] = {
    no_duplicates: {
        "credit code": again("legal_persons", "code"),
        "unit code": again("units", "unit_code"),
        "asset number": again("instruments", "asset_no"),
        "user code": again("users", "user_code"),
        "telephone": again("users", "phone"),
        "person": again("users", "name_zh"),
    },
    foreign_keys_resolve: {
        "unit's legal person": put("units", "legal_person_code", "12993200DEMJ9999XX"),
        "competent department": put("units", "competent_department", "无此部门"),
        "instrument's unit": put("instruments", "unit_code", "JS-U99"),
        "unit of the other jurisdiction": put("instruments", "unit_code", "CQ-U01"),
        "user's legal person": put("users", "legal_person_code", "nobody"),
        "user's unit of another body": put("users", "unit_code", "JS-U10"),
        "funder": funder("legal_person_code", "nobody"),
    },
    credit_codes_are_right: {
        "check digit": put("legal_persons", "code", wrong_check_digit),
        "organisation part": put("legal_persons", "code", wrong_organisation_part),
        "prefix": put("legal_persons", "code", recode("993200", "91")),
        "lower case": put("legal_persons", "code", lambda row: row["code"].lower()),
    },
    regions_are_unassigned: {
        "a real city": put("legal_persons", "code", recode("320100")),
        "a real city in the SME number": put("legal_persons", "tech_sme_no", "2024320500A0000001"),
    },
    enumerations_are_known: {
        "kind of legal person": put("legal_persons", "kind", "ministry"),
        "budget status": put("legal_persons", "budget_status", "own"),
        "kind of unit of the other regime": put("units", "kind", "enterprise"),
        "confirmation": put("instruments", "confirmation", "perhaps"),
        "service mode": put("instruments", "service_mode", "self_operated;remote"),
        "slot": put("instruments", "slot_minutes", "45"),
        "role": put("users", "kind", "guest"),
        "tariff group": put("users", "user_kind", ""),
    },
    national_codes_exist: {
        "unknown class": put("instruments", "nrii_class_code", "010150"),
        "class that is no leaf": put("instruments", "nrii_class_code", "010100"),
        "subject": put("instruments", "subject_code", "999"),
        "country": put("instruments", "origin_country_code", "n999"),
    },
    code_lists_are_whole: {
        "classes": drop_code("nrii_instrument_classes"),
        "subjects": drop_code("subjects"),
        "countries": drop_code("origin_countries"),
    },
    money_has_two_decimals: {
        "one decimal": put("instruments", "price_yuan", "3180000.0"),
        "thousands": put("instruments", "fee_individual_yuan", "1,435.00"),
        "negative": put("instruments", "startup_fee_yuan", "-1.00"),
        "budget": funder("budget_yuan", "3000000"),
        "cap": programme("annual_cap_per_beneficiary_yuan", "100000.000"),
    },
    fees_never_exceed_cost: {
        **{f"fee {kind}": put("instruments", f"fee_{kind}_yuan", cost_plus_a_fen) for kind in FEES},
        "start-up fee": put("instruments", "startup_fee_yuan", "9999.00"),
        "internal not cheaper": put("instruments", "fee_internal_yuan", lambda row: row["fee_university_yuan"]),
        "free": put("instruments", "fee_internal_yuan", "0.00"),
    },
    opening_hours_are_on_the_grid: {
        "off the grid": put("instruments", "opening_hours", "Mon-Fri 08:45-17:30"),
        "end off the grid": put("instruments", "opening_hours", "Mon-Fri 08:30-17:40"),
        "unknown day": put("instruments", "opening_hours", "Mon-Fry 08:30-17:30"),
        "backwards": put("instruments", "opening_hours", "Mon-Fri 17:30-08:30"),
        "days backwards": put("instruments", "opening_hours", "Fri-Mon 08:30-17:30"),
        "overlap": put("instruments", "opening_hours", "Mon-Fri 08:30-17:30; Wed 09:00-12:00"),
        "empty": put("instruments", "opening_hours", ""),
    },
    durations_fit_the_slots: {
        "least": put("instruments", "min_minutes", "45"),
        "most": put("instruments", "max_minutes", "250"),
        "least above most": put("instruments", "min_minutes", "300"),
        "setup": put("instruments", "setup_minutes", "10"),
        "capacity": put("instruments", "capacity", "0"),
        "never fits": put("instruments", "max_minutes", "540"),
    },
    shares_are_shares: {
        "above one": put("instruments", "state_capital_share", "0.01"),
        "negative": put("instruments", "fiscal_share", "-0.10"),
        "funders below one": funder("share", "0.49"),
        "funders above one": funder("share", "0.51", 1),
    },
    programmes_run_by_the_year: {
        "year": programme("year", 2023),
        "period": programme("closes_on", date(2024, 1, 1)),
    },
    programmes_have_terms: {
        "ratio above coverage": programme("subsidy_ratio", "0.90"),
        "payee": programme("payee", "beneficiary"),
        "days": programme("validity_days", 0),
        "services": programme("eligible_services", ["lending"]),
        "decision": programme("decision_reference", ""),
        "settlement mode": programme("settlement_mode", "cash"),
    },
    programmes_have_the_right_funders: {
        "kind of funder": funder("kind", "district", 1),
        "wrong city": funder("kind", "prefecture_city", 0),
        "wrong department": funder("kind", "province", 1),
    },
    house_rules_are_sane: {
        "negative": house("grace_minutes", -1),
        "latest before earliest": house("earliest_days", 0),
        "not published": house("published_on", "soon"),
    },
    dates_follow_each_other: {
        "accepted before bought": put("instruments", "accepted_on", "2021-03-17"),
        "year in the number": put("instruments", "acquired_on", "2020-03-18"),
        "customs notice missing": put("instruments", "duty_free", "true"),
        "supervision ended early": put("instruments", "customs_valid_until", "2024-08-20", 4),
        "half an evidence": put("legal_persons", "tech_sme_no", "2024993200A0000099"),
        "evidence backwards": put("legal_persons", "tech_sme_valid_until", "2023-12-31", 13),
    },
    contacts_reach_nobody: {
        "telephone": put("users", "phone", "13900000001"),
        "mail": put("users", "email", "someone@example.cn"),
        "portal": put("units", "portal_url", "https://www.yzut.cn/"),
    },
    units_are_staffed: {
        "finance clerk": without("users", "kind", "finance_clerk"),
        "instrument manager": without("users", "kind", "instrument_manager"),
        "unit administrator": without("users", "kind", "unit_administrator"),
        "contact": without("users", "kind", "sme_contact"),
    },
    authorities_are_staffed: {
        **{role: without("users", "kind", role) for role in (*OFFICERS, "individual")},
        "one officer only": put("users", "kind", "auditor", 70),
        "officer elsewhere": lambda data: next(
            row for row in data["jiangsu"]["users"] if row["kind"] == "science_department_officer"
        ).update(legal_person_code="12993200DEMJ00011Y"),
    },
    there_are_enough_instruments: {
        "instruments in Jiangsu": only("jiangsu", "instruments", 39),
        "instruments in Chongqing": only("chongqing", "instruments", 29),
        "unit without instruments": without("instruments", "unit_code", "JS-U17"),
        "price": put("instruments", "price_yuan", "149999.99"),
    },
    there_are_enough_customers: {
        "lapsed SME": without("legal_persons", "tech_sme_valid_until", "2024-12-31"),
        "valid SMEs": without("legal_persons", "tech_sme_valid_until", "2026-12-31"),
        "other enterprises": without("legal_persons", "tech_sme_valid_until", ""),
        "professional institution": without("legal_persons", "kind", "operator"),
    },
    texts_are_within_national_limits: {
        "too long": put("instruments", "service_content_zh", "测" * 201),
        "empty": put("instruments", "model", ""),
        "not Chinese": put("instruments", "name_zh", "SEM"),
        "aliases": put("instruments", "aliases", "SEM;"),
    },
}


@pytest.fixture(scope="module")
def shipped() -> Data:
    return read_data()


@pytest.mark.parametrize("check", SPOILT, ids=lambda check: check.__name__)
def test_the_shipped_data_pass(shipped: Data, check: Callable[[Data], Complaints]) -> None:
    assert check(shipped) == []


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        pytest.param(check, spoil, id=f"{check.__name__}: {name}")
        for check, ways in SPOILT.items()
        for name, spoil in ways.items()
    ],
)
def test_a_spoilt_copy_is_noticed(shipped: Data, check: Callable[[Data], Complaints], spoil: Spoil) -> None:
    spoilt = copy.deepcopy(shipped)
    spoil(spoilt)
    assert spoilt != shipped
    assert check(spoilt) != []


@pytest.mark.parametrize(
    "path",
    [
        *(DATA / jurisdiction / f"{table}.csv" for jurisdiction in JURISDICTIONS for table in TABLES),
        *sorted(CODES.glob("*.csv")),
    ],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_files_are_plain_utf8_with_equal_rows(path: Path) -> None:
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = list(csv.reader(raw.decode("utf-8").splitlines()))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert "\t" not in raw.decode("utf-8")
