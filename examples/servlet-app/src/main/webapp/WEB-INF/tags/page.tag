<%@ tag pageEncoding="UTF-8" body-content="scriptless" %>
<%@ attribute name="title" required="true" %>
<%@ attribute name="bare" type="java.lang.Boolean" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<c:set var="root" value="${pageContext.request.contextPath}"/>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title><c:out value="${title}"/> · Library</title>
  <c:choose>
    <c:when test="${bare}"><style><%@ include file="/style.css" %></style></c:when>
    <c:otherwise><link rel="stylesheet" href="${root}/style.css"></c:otherwise>
  </c:choose>
</head>
<body>
<header>
  <a class="name" href="${root}/">Library</a>
  <c:if test="${not bare}">
    <nav>
      <a href="${root}/books">Shelf</a>
      <c:if test="${pageContext.request.isUserInRole('librarians')}"><a href="${root}/desk">Desk</a></c:if>
    </nav>
    <span class="user"><c:out value="${pageContext.request.remoteUser}"/></span>
    <form method="post" action="${root}/sign-out">
      <input type="hidden" name="form" value="${sessionScope.form}">
      <button class="quiet">Sign out</button>
    </form>
  </c:if>
</header>
<main>
  <h1><c:out value="${title}"/></h1>
  <c:if test="${not empty message}"><p class="message" role="status"><c:out value="${message}"/></p></c:if>
  <jsp:doBody/>
</main>
</body>
</html>
