"""Doing one thing from several threads and processes at the same moment."""

import multiprocessing
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import Any

from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from webapp.accounts.models import Organisation
from webapp.core.db import db, engine_options


def at_once(app: Flask, times: int, act: Callable[[int], Any]) -> list[Any]:
    """What `act(0)`, `act(1)`… answered, each in a thread and an application context of its own."""
    start = threading.Barrier(times)

    def one(number: int) -> Any:
        with app.app_context():
            start.wait()
            try:
                return act(number)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(Context().run, one, n) for n in range(times)]]


def add_to_name(url: str, organisation_id: uuid.UUID, times: int) -> int:
    """Read a row, add one letter to its name and write it, `times` times; how often somebody else was first."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), **engine_options(url))
    beaten = done = 0
    while done < times:
        try:
            with Session(engine) as session, session.begin():
                row = session.get_one(Organisation, organisation_id)
                row.name = row.name + "x"
            done += 1
        except StaleDataError:
            beaten += 1
    engine.dispose()
    return beaten


def _in_threads(url: str, organisation_id: uuid.UUID, times: int, threads: int) -> None:
    with ThreadPoolExecutor(threads) as pool:
        for future in [pool.submit(add_to_name, url, organisation_id, times) for _ in range(threads)]:
            future.result()


def in_processes(url: str, organisation_id: uuid.UUID, *, processes: int, threads: int, times: int) -> None:
    """`add_to_name` from several processes with several threads each. Raises when one of them failed."""
    spawn = multiprocessing.get_context("spawn")
    running = [spawn.Process(target=_in_threads, args=(url, organisation_id, times, threads)) for _ in range(processes)]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    assert [process.exitcode for process in running] == [0] * processes
