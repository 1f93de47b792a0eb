"""What can go wrong with certificates."""

from __future__ import annotations


class CertificateError(Exception):
    """The root of all of them."""


class NoCriteria(CertificateError):
    """Nobody has chosen yet what the certificate of this course run asks for."""


class NotComplete(CertificateError):
    """Something that the criteria ask for is missing."""


class NoIssuer(CertificateError):
    """Who awards the certificate is not written down yet."""


class AlreadyIssued(CertificateError):
    """The learner has a certificate of this course run that is valid."""


class UnknownCertificate(CertificateError):
    """There is none, or not for this person."""


class UnknownSession(CertificateError):
    """The course run has no such session."""


class UnknownLearner(CertificateError):
    """Nobody of this id learns in the course run."""


class NoReasonToRevoke(CertificateError):
    """A certificate is revoked with a reason only."""
