from django.urls import path

from comments.desk import bulk, cases, conversation, corrections, log, people, words

app_name = "moderation"

urlpatterns = [
    path("", cases.queue, name="queue"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/decision/", cases.decision, name="decision"),
    path("cases/<int:pk>/question/", cases.question, name="question"),
    path("appeals/<int:pk>/", cases.appeal, name="appeal"),
    path("comments/<int:pk>/correction/", corrections.correction, name="correction"),
    path("several/", bulk.several, name="several"),
    path("people/", people.find, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/<str:act>/", people.act, name="person_act"),
    path("sanctions/<int:pk>/end/", people.lift, name="lift"),
    path("conversations/<int:article_id>/", conversation.conversation, name="conversation"),
    path("conversations/<int:article_id>/cool/", conversation.cool, name="cool"),
    path("conversations/<int:article_id>/experts/", conversation.name_expert, name="name_expert"),
    path("experts/<int:pk>/end/", conversation.end_expert, name="end_expert"),
    path("words/", words.words, name="words"),
    path("words/<int:pk>/out/", words.take_out, name="word_out"),
    path("score/", words.score, name="score"),
    path("log/", log.log, name="log"),
    path("log/<int:pk>/undo/", log.undo, name="undo"),
]
