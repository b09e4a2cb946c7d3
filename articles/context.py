from django.conf import settings


def newsroom(request):
    return {"organisation": settings.ORGANISATION_NAME}
