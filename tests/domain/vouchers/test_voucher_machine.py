# SPDX-License-Identifier: Apache-2.0
"""Whatever happens to a voucher, it is never overspent, and its books agree with its state and its claims."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.kernel.actor import Role
from domain.kernel.claims import Draw, DrawWithin, OpenAccount
from domain.kernel.event import Event
from domain.vouchers import lapsing, using
from domain.vouchers.claims import claims_of
from domain.vouchers.grant import GRANT, Grant
from tests.domain.editions import JIANGSU
from tests.domain.vouchers import examples as e

LONG_AFTER = e.TODAY + timedelta(days=999)
places = st.integers(1, 4).map(lambda number: UUID(int=number))
amounts = st.integers(1, 60000)


class VoucherMachine(RuleBasedStateMachine):
    """Reservations, uses, refunds and lapses in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self._happen(list(e.voucher()))

    def _happen(self, events: list[Event]) -> None:
        self.events += events
        state = GRANT.fold(self.events)
        assert state is not None
        self.grant: Grant = state

    @precondition(lambda self: self.grant.usable)
    @rule(reservation=places, fee=amounts)
    def reserve(self, reservation: UUID, fee: int) -> None:
        self._happen(
            using.reserve(
                self.grant,
                e.programme(),
                reservation=reservation,
                fee_fen=fee,
                customer=e.COMPANY,
                user=e.APPLICANT,
                today=e.TODAY,
            )
        )

    @rule(reservation=places)
    def release(self, reservation: UUID) -> None:
        self._happen(using.release(self.grant, reservation=reservation, reason="取消"))

    @precondition(lambda self: self.grant.usable)
    @rule(order=places, amount=amounts)
    def use(self, order: UUID, amount: int) -> None:
        most = using.available_fen(self.grant, order)
        if most:
            self._happen(using.use(self.grant, order=order, reservation=order, amount_fen=min(amount, most)))

    @rule(order=places, amount=amounts)
    def restore(self, order: UUID, amount: int) -> None:
        given_back = min(amount, self.grant.used.get(order, 0))
        if given_back:
            self._happen(lapsing.restore(self.grant, e.GRANT_ID, order=order, amount_fen=given_back, reason="退款"))

    @precondition(lambda self: self.grant.usable and not self.grant.reserved)
    @rule()
    def expire(self) -> None:
        self._happen(lapsing.expire(self.grant, e.GRANT_ID, today=LONG_AFTER))

    @precondition(lambda self: self.grant.usable)
    @rule()
    def revoke(self) -> None:
        self._happen(
            lapsing.revoke(
                self.grant,
                e.GRANT_ID,
                role=Role.SCIENCE_DEPARTMENT,
                decision_reference="监1号",
                reason="资格丧失",
                edition=JIANGSU,
            )
        )

    @invariant()
    def never_overspent(self) -> None:
        assert 0 <= self.grant.used_fen + self.grant.reserved_fen <= self.grant.amount_fen
        assert self.grant.left_fen >= 0

    @invariant()
    def no_funder_gets_back_more_than_it_gave(self) -> None:
        for part in self.grant.funding:
            assert 0 <= self.grant.returned.get(part.funder, 0) <= part.amount_fen

    @invariant()
    def claims_agree_with_the_state(self) -> None:
        drawn: dict[str, int] = defaultdict(int)
        for event in self.events:
            for claim in claims_of(e.GRANT_ID, event):
                if isinstance(claim, Draw | DrawWithin):
                    drawn[claim.account] += claim.amount
                    assert drawn[claim.account] >= 0
                elif isinstance(claim, OpenAccount):
                    drawn[claim.account] = 0
        assert self.grant.amount_fen - drawn[f"grant:{e.GRANT_ID}"] == self.grant.left_fen
        for part in self.grant.funding:
            kept = part.amount_fen - self.grant.returned.get(part.funder, 0)
            assert drawn[f"programme:{e.PROGRAMME_ID}:{part.funder}"] == kept

    @invariant()
    def budgets_stand_for_what_was_granted_and_not_returned(self) -> None:
        entries = [entry for event in self.events for entry in getattr(event, "entries", ())]
        assert sum(entry.amount_fen for entry in entries) == 0
        owed = -sum(entry.amount_fen for entry in entries if entry.account == f"voucher.granted:{e.GRANT_ID}")
        assert owed == self.grant.amount_fen - self.grant.returned_fen


TestVoucherMachine = VoucherMachine.TestCase
TestVoucherMachine.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
