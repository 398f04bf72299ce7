"""The errors that the engine raises on purpose; each message says what is wrong, each remedy what to do."""

from __future__ import annotations


class CropSampleError(Exception):
    """Root of all deliberate errors.

    Attributes:
        message: what is wrong, with the name of the file, field or value concerned.
        remedy: what the user can do about it; may be empty.
    """

    kind = "error"

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class InputError(CropSampleError):
    """The data or the parameters given cannot be used as they are."""

    kind = "input"


class StackError(InputError):
    """A raster is not a usable dated stack."""

    kind = "stack"


class SamplesError(InputError):
    """A sample layer or series table cannot be used as it is."""

    kind = "samples"


class ModelPackageError(CropSampleError):
    """A model package is damaged, unsafe, or of another version."""

    kind = "model_package"


class MismatchError(InputError):
    """A model and the stack it is asked to map do not belong together."""

    kind = "mismatch"


class OutputError(CropSampleError):
    """An output cannot be written: folder missing, read-only, disk full, or equal to an input."""

    kind = "output"


class WebError(CropSampleError):
    """A server cannot be reached, refuses, or does not answer as it should.

    Attributes:
        status: HTTP status of the last answer; 0 when there was none.
        is_passing: whether the same request may succeed later.
    """

    kind = "web"

    def __init__(self, message: str, remedy: str = "", *, status: int = 0, is_passing: bool = False) -> None:
        super().__init__(message, remedy)
        self.status = status
        self.is_passing = is_passing


class MissingPackageError(CropSampleError):
    """The engine's Python lacks a package that this job needs."""

    kind = "missing_package"


class ClusterError(CropSampleError):
    """The machines that were to share the work cannot be used: unreachable, lost, or of another version."""

    kind = "cluster"


class CanceledError(CropSampleError):
    """The user cancelled; whatever is finished stays on disk."""

    kind = "canceled"

    def __init__(self, message: str = "Canceled.") -> None:
        super().__init__(message)


def error_chain(error: BaseException) -> str:
    """Return the messages of an error and of those that caused it; GDAL names the file in the innermost."""
    messages: list[str] = []
    current: BaseException | None = error
    while current is not None:
        if str(current) and str(current) not in messages:
            messages.append(str(current))
        current = current.__cause__ or current.__context__
    return " / ".join(messages)
